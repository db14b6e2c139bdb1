package org.rosterkeep.reference;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.rosterkeep.reference.Model.Element;
import org.rosterkeep.reference.Model.Eligible;
import org.rosterkeep.reference.Model.Forward;
import org.rosterkeep.reference.Model.Sensitive;

/// The default catalogue of elements, a line each: how sensitive, whether forwarded, whether it may be designated, and
/// whether it is a phone or tells of a place (the list in the row of F16).
final class Elements {

    private static final String LINES = """
        rec.envelope no always never
        id.pairwise no always never
        id.source elevated rule conditional
        id.local elevated rule conditional
        id.state elevated rule conditional
        id.ssn prohibited never never
        id.username elevated rule conditional
        id.password credential never never
        id.profiles elevated rule never
        name.given no rule eligible
        name.family no rule eligible
        name.middle no rule eligible
        name.preferred elevated rule never
        name.pronouns special rule never
        contact.email no rule eligible
        contact.phone_13plus elevated rule eligible phone place
        contact.phone_other elevated rule eligible phone place
        contact.address elevated rule eligible place
        account.enabled no rule never
        demo.birthdate elevated rule eligible
        demo.age13plus no never never
        demo.birthplace elevated rule eligible
        demo.sex elevated rule never
        demo.race special rule never
        demo.language elevated rule never
        demo.residence special rule never
        demo.religion_politics prohibited never never
        demo.biometric prohibited never never
        role.role no rule eligible
        org.membership no rule eligible place
        org.record no rule never
        org.sensitive special rule never
        enrol.grade no rule eligible
        enrol.homeroom no rule never place
        enrol.counselor elevated rule never
        enrol.program elevated rule never
        enrol.gradyear no rule eligible
        enrol.dates no rule eligible
        sched.enrolment no rule never place
        sched.class elevated rule never place
        sched.sensitive_class special rule never place
        sched.course no rule never place
        sched.session no rule never
        sched.teacher no rule never place
        user.resources no rule never
        ext.metadata elevated rule never
        guardian.link elevated rule never
        guardian.name elevated rule never
        guardian.email elevated rule never
        guardian.phone elevated rule never phone place
        guardian.address elevated rule never place
        special.ell special rule never
        special.income special rule never
        special.health special rule never
        special.disability special rule never
        special.services special rule never
        special.housing special rule never
        special.migrant special rule never
        tech.ip elevated never never
        tech.other elevated never never
        tech.usage elevated never never
        assess.test elevated rule never
        assess.observation elevated rule never
        assess.other elevated rule never
        attend.daily elevated rule never
        attend.class elevated rule never
        comm.captured special never never
        conduct special rule never
        perf.app elevated rule never
        perf.grade elevated rule never
        perf.lineitem no rule never
        perf.transcript elevated rule never
        survey special rule never
        membership no rule eligible
        honors no rule eligible
        athletics elevated rule eligible
        work.content elevated rule never
        work.other elevated rule never
        transport.bus elevated rule never place
        transport.pickup special rule never place
        transport.card elevated rule never place
        image.photo elevated rule eligible place
        image.av special never never place
        other elevated never never
        """;

    private Elements() {}

    /// The catalogue by id.
    static Map<String, Element> catalogue() {
        return LINES.lines()
                .map(Elements::element)
                .collect(Collectors.toUnmodifiableMap(Element::id, Function.identity()));
    }

    private static Element element(String line) {
        var words = line.toUpperCase(Locale.ROOT).split(" ", -1);
        var marks = Set.copyOf(List.of(words));
        return new Element(
                line.substring(0, line.indexOf(' ')),
                Sensitive.valueOf(words[1]),
                Forward.valueOf(words[2]),
                Eligible.valueOf(words[3]),
                marks.contains("PHONE"),
                marks.contains("PLACE"));
    }
}
