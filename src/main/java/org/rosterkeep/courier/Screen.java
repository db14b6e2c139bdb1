package org.rosterkeep.courier;

import org.rosterkeep.courier.wire.Code;

/// Reads a payload as it passes, in constant memory. What it was shown and did not refuse may go on.
interface Screen {
    /// Looks at the next piece.
    ///
    /// @throws Refused when the piece, or what came before it, is more than is given
    void take(byte[] bytes, int from, int length);

    /// Nothing more comes: the payload has to be whole.
    void end();

    static Refused field(String what) {
        return new Refused(Code.PAYLOAD_FIELD, what);
    }

    static Refused form(String what) {
        return new Refused(Code.PAYLOAD_FORM, what);
    }
}
