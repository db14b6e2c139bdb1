package org.rosterkeep.rules;

/// Something about a rule that cannot be done, or a stored document that cannot be trusted. The message is for
/// operators
/// and names no person.
public final class RulesFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    public RulesFault(Code code) {
        super(code.sentence);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public enum Code {
        CHARTER_DAMAGED(
                "one of the program's own lists of purposes, bases or clauses cannot be read: install it again"),
        RULE_UNKNOWN("there is no rule of this name and version: see `rosterkeep rule list`"),
        VENDOR_UNKNOWN("there is no vendor of this name: see `rosterkeep vendor list`"),
        AGREEMENT_UNKNOWN("there is no agreement of this name: see `rosterkeep agreement list`"),
        NOT_A_DRAFT("this version is no draft any more: draft the rule again"),
        NOT_THE_AUTHOR("only the one who drafted a version submits it: draft it anew under your own name"),
        NOT_SUBMITTED("this version does not wait for approval: submit it first"),
        ROLE_MISSING("this operator's roles do not allow it: see `rosterkeep operator list`"),
        SAME_PERSON(
                "another person has to do this: whoever wrote a version, or signed it already, cannot also approve it"),
        OPINION_ONLY("whoever is the data protection officer gives an opinion and never approves: see `rosterkeep rule"
                + " opinion`"),
        OPINION_LENGTH("an opinion is too short to be one, or too long: see `rosterkeep rule opinion -h`"),
        NOTICE_TOO_SHORT(
                "this version adds something to a running rule and would start before its days of notice are over:"
                        + " draft it again with a later start"),
        ENTRY_UNKNOWN("the list of adequate countries has no such entry: see `rosterkeep adequacy show`"),
        LIST_UNKNOWN("there is no draft of a list of adequate countries: see `rosterkeep adequacy draft -h`"),
        NOT_HELD("no version of this rule waits to be released: see `rosterkeep rule list`"),
        SIGNATURE_WRONG("the signature does not fit this operator and this text: sign in again"),
        NOT_SUSPENDED("this rule is not suspended"),
        NOT_PAUSED("these pushes are not paused: see `rosterkeep push list`"),
        REVOKED("this rule is revoked, and stays so: draft a new version"),
        NO_LONGER_ALLOWED(
                "since this version was drafted, something it rests on has changed: see `rosterkeep rule explain`,"
                        + " and draft it again"),
        NOT_RESTRAINED("nothing of this kind keeps this vendor from anything now: see `rosterkeep vendor show`"),
        LIFTING_TAKES_TWO(
                "this vendor was not merely suspended, and two people have to lift that: see `rosterkeep vendor"
                        + " lift -h`"),
        TERMS_NOT_ACCEPTED(
                "since the change of control nobody has accepted the terms in their present version: record it"
                        + " with `rosterkeep vendor terms`"),
        SOURCE_UNKNOWN("there is no source of this name: see `rosterkeep source list`"),
        SOURCE_NOT_PAUSED("this source is not paused: see `rosterkeep source list`"),
        PROFILE_MISSING("nobody has said who this district is: see `rosterkeep district profile put -h`"),
        DOMAIN_IN_USE("a rule that gives something, or may again, makes ids in this domain: revoke the rules that"
                + " `rosterkeep vendor ids` lists, first"),
        NOTHING_WAITS("no such change waits for a second person: ask for it first"),
        DOCUMENT_DAMAGED("a stored vendor, agreement or rule cannot be read: restore it from a backup");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }
    }
}
