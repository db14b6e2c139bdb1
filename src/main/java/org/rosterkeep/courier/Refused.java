package org.rosterkeep.courier;

import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Refusal;

/// The courier will not, or not any further. The words are its own: nothing of a payload, an answer or a paper
/// is in them.
final class Refused extends RuntimeException {
    private final Code code;
    private final String what;

    Refused(Code code, String what) {
        super(what);
        this.code = code;
        this.what = what;
    }

    Refused(Code code, String what, Throwable cause) {
        super(what, cause);
        this.code = code;
        this.what = what;
    }

    Code code() {
        return code;
    }

    Refusal refusal() {
        return new Refusal(code, what);
    }
}
