package org.rosterkeep.vendors;

import java.nio.charset.StandardCharsets;
import org.rosterkeep.disclosure.Wire;

/// An error in the standard's words (OneRoster section 5). The descriptions are constant: nothing of the request and
/// nothing of the roster is repeated, so that two requests refused for one reason get the same bytes.
public enum Complaint {
    BAD_REQUEST(400, "invaliddata", "invalid data", "The request cannot be understood."),
    BAD_LIMIT(400, "invaliddata", "invalid data", "limit is a whole number of at least 1."),
    BAD_OFFSET(400, "invaliddata", "invalid data", "offset is a whole number of at least 0."),
    BAD_ORDER(400, "invaliddata", "invalid data", "orderBy is asc or desc."),
    REPEATED(400, "invaliddata", "invalid data", "limit, offset, sort, orderBy and filter may be given once."),
    TOKEN_IN_URL(400, "invaliddata", "invalid data", "A token belongs in the Authorization header, not in the URL."),
    BAD_FILTER(
            400,
            "invalid_filter_field",
            "invalid data",
            "The filter is malformed: field='value', joined by AND or OR, at most 8 clauses and 1024 bytes."),
    FILTER_FIELD(400, "invalid_filter_field", "invalid_filter_field", "A field in the filter is not available."),
    FILTER_VALUE(
            400, "invalid_filter_field", "invalid_filter_field", "A field in the filter cannot be compared like that."),
    SELECTION_FIELD(
            400, "invalid_selection_field", "invalid_selection_field", "A field in the selection is not available."),
    BLANK_SELECTION(
            400, "invalid_selection_field", "invalid_blank_selection_field", "The selection of fields is blank."),
    /// The rostering service's list of codes has no word for it (other services of 1.2 say `invalid_sort_field`), and a
    /// word outside the list would break the schema of the body.
    SORT_FIELD(400, "invaliddata", "invalid_sort_field", "The sort field is not available (invalid_sort_field)."),
    NOT_AUTHORISED(401, "unauthorisedrequest", "unauthorized", "A valid access token is needed."),
    FORBIDDEN(403, "forbidden", "forbidden", "This client may not do that."),
    UNKNOWN_OBJECT(404, "unknownobject", "unknown object", "There is no such object."),
    UNKNOWN_PATH(404, "unknownobject", "unknown object", "There is no such path."),
    WRONG_METHOD(405, "forbidden", "forbidden", "This path can only be read: GET or HEAD."),
    TOO_LARGE(413, "invaliddata", "invalid data", "The request is too large."),
    EXPECTATION(417, "invaliddata", "invalid data", "The expectation cannot be met."),
    TOO_MANY(429, "server_busy", "server_busy", "Too many requests at a time."),
    SERVER_ERROR(500, "internal_server_error", "server_busy", "The request failed here."),
    UNAVAILABLE(503, "server_busy", "server_busy", "The service is not available now.");

    private final int status;
    private final String minor12;
    private final String minor11;
    private final String description;

    Complaint(int status, String minor12, String minor11, String description) {
        this.status = status;
        this.minor12 = minor12;
        this.minor11 = minor11;
        this.description = description;
    }

    int status() {
        return status;
    }

    /// What the client is told.
    public String description() {
        return description;
    }

    /// The whole body in that version's shape (OneRoster sections 5.1, 5.2).
    byte[] body(Wire wire) {
        String text = switch (wire) {
            case V1P2 -> """
                {"imsx_codeMajor":"failure","imsx_severity":"error","imsx_description":"%s",\
                "imsx_CodeMinor":{"imsx_codeMinorField":[{"imsx_codeMinorFieldName":"TargetEndSystem",\
                "imsx_codeMinorFieldValue":"%s"}]}}\
                """.formatted(description, minor12);
            case V1P1 -> "{\"statusInfoSet\":[" + statusInfo() + "]}";
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String statusInfo() {
        return """
            {"imsx_codeMajor":"failure","imsx_severity":"error","imsx_messageRefIdentifier":"%s",\
            "imsx_operationRefIdentifier":"%s","imsx_description":"%s","imsx_codeMinor":"%s"}\
            """.formatted(NIL, NIL, description, minor11);
    }

    /// The two identifiers are demanded by the shape and would only be noise: a reference to one request would tell
    /// two refusals apart.
    private static final String NIL = "00000000-0000-0000-0000-000000000000";
}
