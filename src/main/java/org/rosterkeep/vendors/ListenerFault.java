package org.rosterkeep.vendors;

/// The listener cannot do what it is there for.
public final class ListenerFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /// What is wrong.
    public enum Code {
        /// The port is taken, or not ours to open.
        PORT_UNUSABLE,
        /// The key store holds no private key with a certificate, or its password is another.
        IDENTITY_UNUSABLE
    }

    ListenerFault(Code code) {
        super(code.name());
        this.code = code;
    }

    ListenerFault(Code code, Throwable cause) {
        super(code.name(), cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
