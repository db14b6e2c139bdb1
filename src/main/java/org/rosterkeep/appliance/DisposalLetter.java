package org.rosterkeep.appliance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.rosterkeep.custody.Directive;
import org.rosterkeep.custody.Exposure;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.rules.Agreement;
import org.rosterkeep.rules.Vendor;

/// What a vendor is sent that is asked to delete. It names data elements, days and numbers, and no person: who is meant
/// the vendor knows from the records it was given, and from those the API marks `tobedeleted`.
final class DisposalLetter {
    private DisposalLetter() {}

    static List<String> lines(
            String district, Vendor vendor, Agreement agreement, Directive directive, Exposure exposure, Instant now) {
        var lines = new ArrayList<String>();
        lines.add("Directive " + directive.id() + ": please delete our data");
        lines.add("");
        lines.add("To: " + vendor.name() + " (" + vendor.securityContact() + ")");
        lines.add("From: " + district);
        lines.add("Agreement: " + agreement.id() + ", which gives you " + agreement.disposalDays() + " days");
        lines.add("Issued: " + day(directive.issued()) + ". Due: " + day(directive.due()) + ".");
        lines.add("");
        lines.add("What");
        lines.add(what(directive));
        lines.add("The data elements you received from us:");
        var catalogue = Catalogue.shipped();
        var asked = directive.what().elements();
        new TreeSet<>(exposure.elements().keySet())
                .stream()
                        .filter(id -> asked.isEmpty() || asked.get().contains(id))
                        .forEach(id -> lines.add("  " + id + "  "
                                + catalogue
                                        .find(id)
                                        .map(Catalogue.Element::label)
                                        .orElse("")));
        lines.add("");
        lines.add("Where");
        lines.add("In every system, copy, log and backup of yours, and with everybody you passed them on to:");
        vendor.subProcessors().forEach(one -> lines.add("  " + one.name() + ", " + one.country()));
        lines.add("");
        lines.add("How to attest");
        lines.add("Send us a signed statement with the number of this directive, the day of the deletion, the method,"
                + " what was deleted (everything, or which elements), and who signs.");
        lines.add("A part may be attested before the rest. What is not attested counts as held by you.");
        lines.add("");
        lines.add("Generated from configuration on " + day(now) + ".");
        return List.copyOf(lines);
    }

    private static String what(Directive directive) {
        var what = directive.what();
        if (what.users().isPresent()) {
            return "All records of people that our API marks \"tobedeleted\", or no longer gives you, as of "
                    + day(directive.issued()) + ".";
        }
        return what.elements().isPresent()
                ? "The data elements below, of everybody, that you received up to " + day(directive.issued()) + "."
                : "Everything you received under this agreement up to " + day(directive.issued()) + ".";
    }

    private static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
