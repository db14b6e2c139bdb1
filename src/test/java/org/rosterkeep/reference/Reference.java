package org.rosterkeep.reference;

import static org.rosterkeep.reference.Model.Cause.*;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.rosterkeep.reference.Model.*;

/// A second opinion on the disclosure decision, from the text of sections 2 and 5 alone: slow, short and without state.
public final class Reference {

    /// What the text says to a question: given, or refused with every cause that refuses.
    public Answer decide(World world, Question question) {
        var causes = EnumSet.noneOf(Cause.class);
        new Asked(world, world.law(), question, question.now(), question.element(), causes).machine();
        return causes.isEmpty() ? new Answer.Given() : new Answer.Refused(causes);
    }

    private static <T> boolean is(Optional<T> thing, Predicate<T> so) {
        return thing.filter(so).isPresent();
    }

    private static <K, T> Optional<T> get(Map<K, T> map, K key) {
        return Optional.ofNullable(map.get(key));
    }

    private record Asked(World world, Law law, Question question, Instant now, String element, Set<Cause> causes) {

        void refuse(Cause cause, boolean when) {
            causes.addAll(when ? Set.of(cause) : Set.of());
        }

        boolean within(Instant from, Instant until) {
            return !now.isBefore(from) && now.isBefore(until);
        }

        boolean element(Predicate<Element> so) {
            return is(get(world.catalogue(), element), so);
        }

        boolean always(String id) {
            return is(get(world.catalogue(), id), e -> e.forward() == Forward.ALWAYS);
        }

        boolean granted(Rule rule, String id) {
            return rule.granted().contains(id) || always(id);
        }

        void machine() {
            var kept = Set.of(Sensitive.PROHIBITED, Sensitive.CREDENTIAL);
            var person = get(world.people(), question.person());
            var rule = get(world.rules(), question.client());
            refuse(F01, rule.isEmpty());
            refuse(F13, element(e -> e.forward() == Forward.NEVER || kept.contains(e.sensitive())));
            refuse(F20, !question.ledgerWritable());
            refuse(F21, !world.catalogue().containsKey(element));
            refuse(F24, !question.clockTrusted());
            refuse(OUT_OF_SCOPE, person.isEmpty());
            person.ifPresent(this::person);
            rule.ifPresent(r -> ruled(r, get(world.vendors(), r.vendor()), person));
        }

        void person(Person p) {
            refuse(F10, p.restricted() || objects(p, Optional.empty()));
            refuse(F12, p.erased() || p.erasedElements().contains(element));
            refuse(F14, element(Element::phone) && !p.age13plus());
            refuse(F16, element(Element::place) && is(p.guarded(), g -> !is(g.exemption(), this::exempt)));
            refuse(F19, is(p.left(), l -> !now.isBefore(l.plus(law.grace()))));
        }

        boolean exempt(Exemption e) {
            var brief = !e.until().isAfter(e.from().plus(law.exemptionMost()));
            return brief && e.twoPeople() && e.reasoned() && within(e.from(), e.until());
        }

        boolean objects(Person p, Optional<String> vendor) {
            var blocks = EnumSet.of(State.UPHELD, world.controller().pendingBlocks() ? State.PENDING : State.UPHELD);
            return p.objections().stream().anyMatch(o -> o.vendor().equals(vendor) && blocks.contains(o.state()));
        }

        void ruled(Rule rule, Optional<Vendor> vendor, Optional<Person> person) {
            var life = rule.life();
            var urgent = rule.purpose().equals(law.emergencyPurpose());
            var regimes = world.controller().regimes();
            var today = get(rule.released(), now.atOffset(ZoneOffset.UTC).toLocalDate())
                    .orElse(Set.of());
            refuse(F02, !life.approved() || life.suspended() || life.revoked() || !within(life.from(), life.until()));
            refuse(F03, !is(get(world.agreements(), rule.vendor()), this::covers));
            refuse(F04, !is(vendor, v -> !v.suspended() && !v.changeOfControlOpen() && v.termsAcknowledged()));
            refuse(F04, is(vendor, v -> is(v.debarredUntil(), now::isBefore)));
            refuse(F05, !law.purposes().contains(rule.purpose()) || urgent && !rule.threatStated());
            refuse(F05, urgent && life.until().isAfter(life.from().plus(law.emergencyMost())));
            refuse(F06, regimes.isEmpty());
            regimes.forEach(r -> basis(rule, r, get(rule.bases(), r.name()), person));
            refuse(F07, rule.transfer().destination().isEmpty() || !places(rule.transfer(), vendor));
            refuse(F14, element(Element::phone) && !rule.purpose().equals(law.phonePurpose()));
            refuse(F15, element(Element::special) && !rule.special().complete());
            refuse(F22, !question.selectors().stream().allMatch(e -> granted(rule, e)));
            refuse(F23, is(vendor, Vendor::held));
            refuse(F25, !today.contains(question.person()) && today.size() >= rule.personsPerDay());
            refuse(NOT_GRANTED, !granted(rule, element));
            person.ifPresent(p -> personRuled(p, rule, vendor));
        }

        boolean covers(Agreement a) {
            var complete = a.ticked().containsAll(a.needed()) && (a.schedule().contains(element) || always(element));
            return complete && !a.terminated() && is(a.signed(), s -> !now.isBefore(s)) && within(a.starts(), a.ends());
        }

        void basis(Rule rule, Regime regime, Optional<Kind> kind, Optional<Person> person) {
            refuse(F06, !is(kind, k -> k.type() == regime.type()));
            var authority = world.controller().publicAuthority();
            refuse(F06, authority && is(kind, k -> k == Kind.LEGITIMATE_INTERESTS));
            refuse(F06, is(kind, k -> !rule.stated().containsAll(law.words().getOrDefault(k, Set.of()))));
            refuse(F06, is(kind, k -> k == Kind.DIRECTORY_INFORMATION) && !designated(rule, person));
        }

        boolean designated(Rule rule, Optional<Person> person) {
            var directory = world.controller().directory();
            var second = directory.secondFactor().contains(element);
            var may = element(e -> second ? e.directory() != Eligible.NEVER : e.directory() == Eligible.ELIGIBLE);
            var vendorOut = is(directory.limit(), l -> !l.vendors().contains(rule.vendor()));
            var purposeOut = is(directory.limit(), l -> !l.purposes().contains(rule.purpose()));
            var homeless = element.endsWith(".address") && is(person, Person::unstableHousing);
            var picked = always(element) || may && directory.designated().contains(element);
            return picked && !vendorOut && !purposeOut && !homeless;
        }

        boolean places(Transfer transfer, Optional<Vendor> vendor) {
            var further = vendor.stream().flatMap(v -> Stream.of(v.storage(), v.remoteAccess(), v.subProcessors()));
            var places = Stream.concat(transfer.destination().stream(), further.flatMap(Set::stream));
            return places.allMatch(c -> transfer.approved().contains(c) && allowed(c, transfer));
        }

        boolean allowed(String country, Transfer transfer) {
            var home = world.controller().home();
            var tested = world.controller().regimes().stream().anyMatch(r -> r.type() == RegimeType.GDPR);
            var area = law.areas().values().stream().anyMatch(a -> a.contains(country) && a.contains(home));
            var listed = law.adequacy().stream().anyMatch(a -> adequate(a, country, transfer));
            var away = !tested || area || listed || is(transfer.safeguard(), this::safe);
            return country.equals(home) || away && !world.controller().localised();
        }

        boolean adequate(Adequacy a, String country, Transfer transfer) {
            var pair = named(a.exporter(), world.controller().home()) && named(a.country(), country);
            Predicate<Instant> young = d -> within(d, d.plus(law.evidenceAge()));
            var proven = a.evidence().stream().allMatch(w -> is(get(transfer.evidence(), w), young));
            return a.enabled() && pair && proven && within(a.since(), a.until().orElse(Instant.MAX));
        }

        boolean named(String name, String country) {
            return name.equals(country) || is(get(law.areas(), name), a -> a.contains(country));
        }

        boolean safe(Safeguard s) {
            var named = !element(Element::special) || s.named().contains(element);
            var assessed = is(s.assessed(), d -> within(d, d.plus(law.assessmentAge())));
            return named && assessed && !now.isBefore(s.signed());
        }

        void personRuled(Person p, Rule rule, Optional<Vendor> vendor) {
            var consent = rule.bases().values().stream().anyMatch(Kind::consent);
            var orgs = p.roles().stream().flatMap(r -> line(r.org())).map(world.orgs()::get);
            var revealed = orgs.flatMap(o -> o.reveals().stream());
            refuse(F09, p.optedOut() && rule.bases().containsValue(Kind.DIRECTORY_INFORMATION));
            refuse(F10, p.optedOut() && world.controller().strictOptOut() && !is(vendor, Vendor::essential));
            refuse(F10, objects(p, Optional.of(rule.vendor())));
            refuse(F11, consent && p.consents().stream().noneMatch(c -> live(c, p)));
            refuse(F17, !revealed.allMatch(rule.granted()::contains));
            refuse(F18, p.contested().contains(element) && !rule.carriesStatement());
            refuse(OUT_OF_SCOPE, p.roles().stream().noneMatch(r -> inScope(r, p, rule.scope())));
        }

        boolean live(Consent c, Person p) {
            var mine = p.consents().stream().filter(o -> o.client().equals(question.client()));
            var withdrawn = mine.flatMap(o -> o.withdrawn().stream()).filter(w -> !now.isBefore(w));
            var stands = withdrawn.allMatch(c.given()::isAfter) && c.client().equals(question.client());
            return stands && within(c.given(), c.expires().orElse(Instant.MAX));
        }

        boolean inScope(Role role, Person p, Scope scope) {
            var orgs = scope.subOrgs() ? line(role.org()) : line(role.org()).limit(1);
            var graded = scope.grades().isEmpty() || p.grades().stream().anyMatch(scope.grades()::contains);
            return graded && scope.roles().contains(role.name()) && orgs.anyMatch(scope.orgs()::contains);
        }

        Stream<String> line(String org) {
            var seen = new HashSet<String>();
            Predicate<String> known = o -> world.orgs().containsKey(o) && seen.add(o);
            return Stream.iterate(org, known, o -> world.orgs().get(o).parent().orElse(""));
        }
    }
}
