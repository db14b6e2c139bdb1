package org.rosterkeep.keys;

/// Keys could not be had. Nothing was harmed: a refused unsealing writes nothing.
public final class KeyFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /// Why, for the operator's manual.
    public enum Code {
        /// The passphrase or the unsealing file is not the one this district was sealed with.
        WRONG_UNSEALING,
        /// The district is sealed by another method than the one offered.
        OTHER_METHOD,
        /// There is no key file here.
        MISSING,
        /// A key file is here already; a second one would orphan the data.
        EXISTS,
        /// These are the words of another recovery kit.
        WRONG_KIT,
        /// A word of the recovery kit was misread or mistyped.
        KIT_MISREAD,
        /// There is no confirmed recovery kit.
        NO_KIT,
        /// There is no such way of unsealing.
        NO_SUCH_WAY,
        /// The last way of unsealing cannot be taken away.
        LAST_WAY,
        /// A word of a share was misread or mistyped.
        SHARE_MISREAD,
        /// The share belongs to another set, or is not what was given out under its number.
        WRONG_SHARE,
        /// A token refused, is not there, or holds another key.
        TOKEN,
        /// It takes cryptography that is not among the approved algorithms, and only those are permitted here.
        NOT_APPROVED,
        /// The file is torn or altered.
        DAMAGED,
        /// The file was written by a newer version.
        NEWER_FORMAT,
        /// Others than the owner may read the unsealing file.
        OPEN_TO_OTHERS,
        /// No key of this epoch: it was retired, or the key file is older than the data.
        NO_SUCH_EPOCH,
        /// The key of this pseudonym domain was destroyed, or it was wrapped by other keys.
        NO_SUCH_DOMAIN,
        /// A certificate or its key cannot be used.
        CERTIFICATE,
        /// The disk or the platform refused.
        UNAVAILABLE
    }

    public KeyFault(Code code, String message) {
        super(message);
        this.code = code;
    }

    public KeyFault(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
