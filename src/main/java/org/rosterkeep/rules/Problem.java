package org.rosterkeep.rules;

/// One thing wrong with a file somebody wrote.
///
/// @param pointer where, as a JSON pointer (RFC 6901); empty for the whole file
/// @param what what is wrong there
/// @param remedy what to do about it
public record Problem(String pointer, String what, String remedy) {
    @Override
    public String toString() {
        return (pointer.isEmpty() ? "the file" : pointer) + ": " + what + "; " + remedy;
    }
}
