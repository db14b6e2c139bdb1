package org.rosterkeep.notices;

/// A channel cannot be made or used as somebody wants; by a code, without a value.
public final class NoticeFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    /// Why not.
    public enum Code {
        /// The file is none that describes a channel.
        FILE_WRONG("the file is not understood: see rosterkeep notice put -h"),
        /// There is no channel of this name.
        UNKNOWN("there is no channel of this name"),
        /// It takes a person with another role.
        ROLE_MISSING("this person's roles do not allow it"),
        /// Who asked for it cannot approve it.
        SAME_PERSON("another person than the one who asked has to approve"),
        /// It is approved, stopped or over already.
        NOT_WAITING("it does not wait for approval");

        private final String words;

        Code(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    NoticeFault(Code code) {
        super(code.words());
        this.code = code;
    }

    public Code code() {
        return code;
    }
}
