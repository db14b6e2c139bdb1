package org.rosterkeep.rules;

/// Who is asking (GDPR art. 4(9)). The recipient is part of the question: the same record answers differently.
public sealed interface Recipient {
    /// A vendor's client. One credential, one rule, one purpose (decision 10).
    record Vendor(String client) implements Recipient {}

    /// A person of the district's, looking at exactly what a vendor's client would get.
    record Official(String operator, String client) implements Recipient {}

    /// A vendor's target that is sent to without asking. Its rule names no credential; the client is the rule's id.
    record Target(String client) implements Recipient {}

    /// The client whose rule decides.
    default String clientId() {
        return switch (this) {
            case Vendor vendor -> vendor.client();
            case Official official -> official.client();
            case Target target -> target.client();
        };
    }
}
