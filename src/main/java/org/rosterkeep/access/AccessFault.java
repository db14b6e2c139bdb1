package org.rosterkeep.access;

/// Something about a credential that cannot be done. The message is for operators and holds no secret.
public final class AccessFault extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Code code;

    public AccessFault(Code code) {
        super(code.sentence);
        this.code = code;
    }

    public Code code() {
        return code;
    }

    public enum Code {
        NAME_NOT_ALLOWED("a name has 1 to 64 characters out of a-z, 0-9, dot, dash and underscore, a letter or digit"
                + " first: choose another"),
        CLIENT_EXISTS("there is or was a client of this name: choose another, or rotate that one's secret"),
        CLIENT_UNKNOWN("there is no client of this name: see `rosterkeep client list`"),
        CLIENT_REVOKED("this client is revoked, and stays so: make another"),
        RULE_TAKEN("this rule has a client already; one credential has one rule and one purpose: make another rule,"
                + " or rotate the secret of the client it has"),
        NOTHING_ALLOWED("a client needs at least one version of OneRoster and one scope: name them"),
        OPERATOR_EXISTS("there is or was an operator of this name: choose another"),
        OPERATOR_UNKNOWN("there is no operator of this name: see `rosterkeep operator list`"),
        OPERATOR_WITHOUT_ROLE("an operator needs at least one role: name it"),
        PASSWORD_TOO_SHORT("a password has at least 15 characters: take three or four unrelated words"),
        PASSWORD_TOO_LONG("a password has at most 256 characters: take a shorter one"),
        PASSWORD_GUESSABLE("this password is easy to guess: take three or four unrelated words"),
        SESSION_OVER("this session is over: sign in again"),
        CRYPTOGRAPHY_MISSING("this Java lacks an algorithm the product needs: run the program from its own image"),
        DOCUMENT_DAMAGED("a stored credential cannot be read: restore it from a backup");

        private final String sentence;

        Code(String sentence) {
            this.sentence = sentence;
        }
    }
}
