package org.rosterkeep.appliance;

import static org.rosterkeep.access.Role.ADMINISTRATOR;
import static org.rosterkeep.access.Role.APPROVER;
import static org.rosterkeep.access.Role.AUDITOR;
import static org.rosterkeep.access.Role.DATA_PROTECTION_OFFICER;
import static org.rosterkeep.access.Role.OPERATOR;
import static org.rosterkeep.access.Role.PRIVACY_OFFICER;
import static org.rosterkeep.access.Role.STUDENT_DATA_MANAGER;
import static org.rosterkeep.access.Role.VENDOR_MANAGER;
import static org.rosterkeep.appliance.Mandate.Who.OWNER;
import static org.rosterkeep.appliance.Mandate.Who.OWNER_FIRST;
import static org.rosterkeep.appliance.Mandate.Who.OWNER_OR_PERSON;
import static org.rosterkeep.appliance.Mandate.Who.PERSON;

import java.util.List;
import java.util.Set;
import org.rosterkeep.access.Role;

/// Who may do what: the one table of it (security.md section 5.1). A verb that is not in it does not exist.
///
/// What lets data out, or tells of a person, takes somebody who signs in with a role. What stops something never waits
/// for that: whoever owns the machine may do it, too. The owner also makes the first administrator, and a new one after
/// retiring the last; both are in the ledger.
public final class Mandates {
    private static final Set<Role> ANY_OF_PRIVACY = Set.of(PRIVACY_OFFICER, APPROVER, VENDOR_MANAGER, ADMINISTRATOR);

    /// Who may stop what is fetched.
    private static final Set<Role> FETCHERS = Set.of(OPERATOR, PRIVACY_OFFICER, ADMINISTRATOR, APPROVER);

    private static final List<Mandate> TABLE = List.of(
            line("status", OWNER),
            line("doctor", OWNER),
            line("metrics", OWNER),
            line("log level", OWNER),
            line("stop", OWNER),
            line("district make", OWNER),
            line("district list", OWNER),
            line("district dispose", OWNER_FIRST, ADMINISTRATOR),
            line("district profile put", PERSON, PRIVACY_OFFICER, APPROVER, ADMINISTRATOR),
            line("district profile check", OWNER),
            line("district profile show", OWNER),
            line("element keep", PERSON, PRIVACY_OFFICER, APPROVER, ADMINISTRATOR),
            line("element leave", PERSON, PRIVACY_OFFICER, ADMINISTRATOR),
            line("element list", OWNER),
            line("pack on", PERSON, PRIVACY_OFFICER, ADMINISTRATOR),
            line("pack off", PERSON, PRIVACY_OFFICER, APPROVER, ADMINISTRATOR),
            line("pack check", OWNER),
            line("pack list", OWNER),
            line("pack show", OWNER),
            line("key status", OWNER),
            line("key unseal", OWNER),
            line("key passphrase", OWNER_FIRST, ADMINISTRATOR),
            line("key rotate", OWNER_FIRST, ADMINISTRATOR),
            line("key way list", OWNER),
            line("key way add", OWNER_FIRST, ADMINISTRATOR),
            line("key way remove", OWNER_FIRST, ADMINISTRATOR),
            line("key shares", OWNER_FIRST, ADMINISTRATOR),
            line("key kit", OWNER_FIRST, ADMINISTRATOR),
            line("key kit confirm", OWNER_FIRST, ADMINISTRATOR),
            line("backup make", OWNER),
            line("backup list", OWNER),
            line("backup drill", OWNER),
            line("restore accept", PERSON, ADMINISTRATOR, PRIVACY_OFFICER, APPROVER),
            line("operator make", OWNER_FIRST, ADMINISTRATOR),
            line("operator reset", PERSON, ADMINISTRATOR),
            line("operator retire", OWNER_OR_PERSON, ADMINISTRATOR, PRIVACY_OFFICER),
            line("operator list", OWNER),
            line("vendor put", PERSON, VENDOR_MANAGER, PRIVACY_OFFICER),
            stop("vendor suspend", ""),
            line("vendor resume", PERSON, PRIVACY_OFFICER),
            stop("vendor hold", ""),
            stop("vendor debar", ""),
            stop("vendor change-of-control", ""),
            line("vendor lift", PERSON, PRIVACY_OFFICER, APPROVER),
            line("vendor terms", PERSON, VENDOR_MANAGER, PRIVACY_OFFICER),
            stop("vendor offboard", ""),
            line("vendor direct", PERSON, VENDOR_MANAGER, PRIVACY_OFFICER),
            line("vendor attest", PERSON, VENDOR_MANAGER, PRIVACY_OFFICER),
            line("vendor forget-ids", PERSON, PRIVACY_OFFICER, APPROVER),
            line("vendor ids", OWNER),
            line("vendor status", OWNER),
            line("vendor exposure", OWNER),
            line("vendor directive", OWNER),
            line("vendor list", OWNER),
            line("vendor show", OWNER),
            line("agreement put", PERSON, VENDOR_MANAGER, PRIVACY_OFFICER),
            stop("agreement end", ""),
            line("agreement list", OWNER),
            line("agreement show", OWNER),
            line("client make", PERSON, ADMINISTRATOR, VENDOR_MANAGER),
            stop("client rotate", "retire"),
            line("client rotate", PERSON, ADMINISTRATOR, VENDOR_MANAGER),
            stop("client revoke", ""),
            new Mandate("client oauth1", "on", PERSON, Set.of(ADMINISTRATOR, VENDOR_MANAGER)),
            stop("client oauth1", ""),
            line("client list", OWNER),
            line("adequacy show", OWNER),
            line("adequacy affected", OWNER),
            line("adequacy draft", PERSON, PRIVACY_OFFICER),
            line("adequacy submit", PERSON, PRIVACY_OFFICER),
            line("adequacy approve", PERSON, APPROVER, STUDENT_DATA_MANAGER),
            stop("adequacy disable", ""),
            line("rule draft", PERSON, PRIVACY_OFFICER, VENDOR_MANAGER),
            line("rule submit", PERSON, PRIVACY_OFFICER, VENDOR_MANAGER),
            line("rule approve", PERSON, APPROVER, STUDENT_DATA_MANAGER),
            line("rule opinion", PERSON, DATA_PROTECTION_OFFICER),
            line("rule release", PERSON, PRIVACY_OFFICER, APPROVER),
            line("rule preview", PERSON, PRIVACY_OFFICER, APPROVER, DATA_PROTECTION_OFFICER, STUDENT_DATA_MANAGER),
            line("rule explain", PERSON, PRIVACY_OFFICER, APPROVER),
            stop("rule suspend", ""),
            line("rule resume", PERSON, PRIVACY_OFFICER, APPROVER),
            stop("rule revoke", ""),
            line("rule list", OWNER),
            line("rule show", OWNER),
            line("notice list", OWNER),
            line("notice put", PERSON, PRIVACY_OFFICER, VENDOR_MANAGER),
            line("notice approve", PERSON, APPROVER, STUDENT_DATA_MANAGER),
            stop("notice stop", ""),
            line("notice secret", PERSON, ADMINISTRATOR, VENDOR_MANAGER, PRIVACY_OFFICER),
            line("notice test", OWNER),
            line("notice digest", OWNER),
            line("push list", OWNER),
            line("push show", OWNER),
            stop("push pause", ""),
            line("push resume", PERSON, PRIVACY_OFFICER, APPROVER),
            line("push retry", PERSON, PRIVACY_OFFICER, VENDOR_MANAGER),
            line("push now", PERSON, PRIVACY_OFFICER, VENDOR_MANAGER),
            line("push secret", PERSON, ADMINISTRATOR, VENDOR_MANAGER),
            line("source put", PERSON, PRIVACY_OFFICER, VENDOR_MANAGER),
            line("source approve", PERSON, APPROVER, STUDENT_DATA_MANAGER),
            line("source run", OWNER_OR_PERSON, OPERATOR),
            new Mandate("source pause", "", OWNER_OR_PERSON, FETCHERS),
            line("source resume", PERSON, OPERATOR, PRIVACY_OFFICER, ADMINISTRATOR),
            new Mandate("source retire", "", OWNER_OR_PERSON, FETCHERS),
            line("source secret", PERSON, ADMINISTRATOR, OPERATOR),
            line("source list", OWNER),
            line("source show", OWNER),
            line("guard list", OWNER),
            line("guard show", OWNER),
            line("guard release", PERSON, PRIVACY_OFFICER, APPROVER),
            stop("guard profile", "freeze"),
            new Mandate("guard profile", "show", OWNER, Set.of()),
            line("guard profile", PERSON, PRIVACY_OFFICER, APPROVER, ADMINISTRATOR),
            stop("person optout", ""),
            stop("person object", ""),
            stop("person uphold", ""),
            stop("person restrict", ""),
            stop("person protect", ""),
            stop("person contest", ""),
            stop("person leave", ""),
            new Mandate("person strict", "off", PERSON, Set.of(PRIVACY_OFFICER)),
            stop("person strict", ""),
            line("person consent", PERSON, PRIVACY_OFFICER),
            stop("person withdraw", ""),
            line("person exception", PERSON, PRIVACY_OFFICER, APPROVER),
            line("person sign", PERSON, PRIVACY_OFFICER, APPROVER),
            line("person lift", PERSON, PRIVACY_OFFICER, APPROVER),
            line("person show", PERSON, PRIVACY_OFFICER),
            line("person list", PERSON, PRIVACY_OFFICER),
            line("erase plan", PERSON, PRIVACY_OFFICER),
            line("erase person", PERSON, PRIVACY_OFFICER, APPROVER),
            line("erase list", PERSON, PRIVACY_OFFICER, APPROVER, AUDITOR),
            line("erase certificate", PERSON, PRIVACY_OFFICER, APPROVER, AUDITOR),
            line("erase lift", PERSON, PRIVACY_OFFICER),
            line("hold put", PERSON, PRIVACY_OFFICER, APPROVER, ADMINISTRATOR),
            line("hold lift", PERSON, PRIVACY_OFFICER, APPROVER),
            line("hold list", PERSON, PRIVACY_OFFICER, APPROVER, AUDITOR),
            stop("class reveal", ""),
            line("class conceal", PERSON, PRIVACY_OFFICER),
            line("class show", PERSON, PRIVACY_OFFICER),
            stop("org reveal", ""),
            line("org conceal", PERSON, PRIVACY_OFFICER),
            line("org show", PERSON, PRIVACY_OFFICER),
            line("incident open", PERSON, PRIVACY_OFFICER, ADMINISTRATOR),
            line("incident say", PERSON, PRIVACY_OFFICER, ADMINISTRATOR),
            line("incident close", PERSON, PRIVACY_OFFICER),
            line("incident show", PERSON, PRIVACY_OFFICER, AUDITOR, ADMINISTRATOR),
            line("incident clocks", OWNER),
            line("incident list", OWNER),
            line("incident reach", PERSON, PRIVACY_OFFICER, AUDITOR),
            line("rehearsal start", PERSON, PRIVACY_OFFICER, VENDOR_MANAGER),
            line("rehearsal day", PERSON, PRIVACY_OFFICER, VENDOR_MANAGER),
            stop("rehearsal end", ""),
            line("rehearsal list", OWNER),
            line("rehearsal report", OWNER),
            new Mandate("intake run", "confirmRemovals", PERSON, Set.of(OPERATOR)),
            new Mandate("intake run", "mapped", PERSON, Set.of(OPERATOR)),
            new Mandate("intake run", "createUnmatched", PERSON, Set.of(OPERATOR)),
            line("intake run", OWNER_OR_PERSON, OPERATOR),
            line("intake release", PERSON, OPERATOR),
            line("intake drop", PERSON, OPERATOR, PRIVACY_OFFICER),
            line("intake match", PERSON, OPERATOR),
            line("intake unmatched", PERSON, OPERATOR, PRIVACY_OFFICER),
            line("intake held", OWNER),
            line("intake list", OWNER),
            line("intake show", OWNER),
            line("export dictionary", OWNER),
            line("export providers", OWNER),
            line("export rules", OWNER),
            line("ledger person", PERSON, PRIVACY_OFFICER, AUDITOR),
            line("ledger export", PERSON, PRIVACY_OFFICER, AUDITOR),
            line("ledger trust-clock", PERSON, ADMINISTRATOR, PRIVACY_OFFICER),
            line("ledger set-aside", OWNER),
            line("ledger list", OWNER),
            line("ledger stats", OWNER),
            line("ledger verify", OWNER));

    private Mandates() {}

    static List<Mandate> all() {
        return TABLE;
    }

    /// All that is said of a verb, what an argument changes first.
    static List<Mandate> of(String verb) {
        return TABLE.stream().filter(one -> one.verb().equals(verb)).toList();
    }

    private static Mandate line(String verb, Mandate.Who who, Role... roles) {
        return new Mandate(verb, "", who, Set.of(roles));
    }

    private static Mandate stop(String verb, String flag) {
        return new Mandate(verb, flag, OWNER_OR_PERSON, ANY_OF_PRIVACY);
    }
}
