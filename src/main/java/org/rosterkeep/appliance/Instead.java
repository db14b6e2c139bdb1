package org.rosterkeep.appliance;

import java.util.Arrays;
import org.rosterkeep.rules.Reason;
import org.rosterkeep.vendors.Complaint;

/// What a failed call means, and what its client should do instead: for the vendor's engineers, by the words of a
/// [CallSheet].
///
/// @param meaning a sentence
/// @param todo a sentence
public record Instead(String meaning, String todo) {
    static Instead of(String trouble) {
        return Arrays.stream(Complaint.values())
                .filter(one -> one.name().equals(trouble))
                .findFirst()
                .map(one -> new Instead(one.description(), todo(one)))
                .or(() -> Arrays.stream(Reason.values())
                        .filter(one -> one.name().equals(trouble))
                        .findFirst()
                        .map(one -> new Instead("Refused: " + Reasons.sentence(one) + ".", todo(one))))
                .orElseGet(() -> oauth(trouble));
    }

    private static String todo(Complaint complaint) {
        return switch (complaint) {
            case BAD_REQUEST -> "Send a well-formed request; a GET has no body.";
            case BAD_LIMIT, BAD_OFFSET -> "Follow the answer's Link headers instead of reckoning pages.";
            case BAD_ORDER -> "Write orderBy=asc or orderBy=desc.";
            case REPEATED -> "Give each query parameter once.";
            case TOKEN_IN_URL -> "Send the token as Authorization: Bearer.";
            case BAD_FILTER -> "Write filter=field='value', percent-encoded; see section 4 of the standard's binding.";
            case FILTER_FIELD -> "Filter by fields the rule gives, or by dateLastModified, status or sourcedId.";
            case FILTER_VALUE -> "Compare dates with dates and truth with true or false.";
            case SELECTION_FIELD -> "Select fields the rule gives, or leave fields= away: you get all you may have.";
            case BLANK_SELECTION -> "Leave fields= away to get every field.";
            case SORT_FIELD -> "Sort by a field the rule gives, or leave sort= away.";
            case NOT_AUTHORISED -> "Fetch a token at the token URL, and a new one when an answer says 401.";
            case FORBIDDEN -> "Ask for the scope of this route when fetching the token.";
            case UNKNOWN_OBJECT -> "Drop the record: it is not in your view, or not any more.";
            case UNKNOWN_PATH -> "Use the base URL as given, and the standard's paths only.";
            case WRONG_METHOD -> "Only read: GET or HEAD.";
            case TOO_LARGE -> "Send shorter URLs and headers, and no body.";
            case EXPECTATION -> "Do not send Expect.";
            case TOO_MANY -> "Send fewer requests at a time, and wait as long as Retry-After says.";
            case SERVER_ERROR -> "Nothing: this is the appliance's fault; its operator finds it in the log.";
            case UNAVAILABLE -> "Wait as long as Retry-After says, then ask again.";
        };
    }

    private static String todo(Reason reason) {
        return switch (reason) {
            case ENTITY_NOT_GIVEN -> "Do not ask for such records, or ask the district for another rule.";
            case FIELD_NOT_GIVEN -> "Do not name this field, or ask the district for another rule.";
            case ADDRESS_NOT_ALLOWED -> "Ask from the networks the rule names, or tell the district yours.";
            case PERSONS_PER_DAY -> "Fetch no more persons today, or ask the district for a higher number.";
            case LEDGER_UNAVAILABLE, CLOCK_UNTRUSTED -> "Wait as long as Retry-After says, then ask again.";
            case NO_RULE,
                    RULE_NOT_ACTIVE,
                    RULE_NOT_STARTED,
                    RULE_EXPIRED,
                    AGREEMENT_MISSING,
                    AGREEMENT_NOT_LIVE,
                    AGREEMENT_NARROWER,
                    VENDOR_NOT_ACTIVE,
                    VENDOR_HELD,
                    VIEW_NARROWED,
                    PURPOSE_NOT_ALLOWED,
                    BASIS_NOT_ALLOWED,
                    ELEMENT_BARRED,
                    ELEMENT_UNKNOWN,
                    ELEMENT_FOR_OTHER_PURPOSE,
                    ASSESSMENT_MISSING,
                    DESTINATION_NOT_ALLOWED -> "Nothing: the district has to mend the rule or its papers.";
        };
    }

    private static Instead oauth(String error) {
        return switch (error) {
            case "invalid_client" ->
                new Instead(
                        "The client id or the secret is not this rehearsal's.",
                        "Use the id and secret that were shown when the rehearsal began.");
            case "invalid_scope" ->
                new Instead("None of the scopes asked for exists.", "Ask for the standard's scopes, or for none.");
            case "unsupported_grant_type" ->
                new Instead("Only client credentials are granted.", "Send grant_type=client_credentials.");
            case "invalid_request" ->
                new Instead(
                        "The request for a token is malformed.",
                        "POST a form with grant_type, and the client by HTTP Basic or in the form.");
            case "temporarily_unavailable" ->
                new Instead("No token can be given now.", "Wait as long as Retry-After says, then ask again.");
            default -> new Instead("The answer broke off.", "Read answers to their end; ask again.");
        };
    }
}
