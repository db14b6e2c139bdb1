package org.rosterkeep.courier.wire;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Why the courier refused, or how a delivery ended. A closed list: nothing of what the other side said gets in.
public enum Code {
    // It arrived.
    ACCEPTED,

    // The courier refused before anything left.
    GRANT_UNREADABLE,
    GRANT_UNSIGNED,
    GRANT_NOT_IN_FORCE,
    GRANT_TARGET,
    GRANT_FIELDS,
    ADDRESS_NOT_LISTED,
    ADDRESS_FORBIDDEN,
    VOLUME,
    SECRET_UNUSABLE,
    UNCONFINED,

    // The courier refused while it went through its hands; the other side has not got it whole.
    PAYLOAD_FIELD,
    PAYLOAD_FORM,
    PAYLOAD_SIZE,
    PAYLOAD_DIGEST,
    STOPPED,

    // The other side, or the way there.
    CONNECT_FAILED,
    TLS_CERTIFICATE,
    TLS_PIN,
    TLS_FAILED,
    HOST_KEY,
    LOGIN_FAILED,
    TIMEOUT,
    ABORTED,
    ANSWER_FORM,
    ANSWER_SIZE,
    REDIRECTED,
    NOT_ACCEPTED,
    BUSY,
    FAILED_THERE,

    // The courier itself.
    FAILED_HERE;

    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Code> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }
}
