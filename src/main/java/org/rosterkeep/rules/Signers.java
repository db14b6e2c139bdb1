package org.rosterkeep.rules;

/// Knows everybody's public key, also of those who have left: what they signed stays signed.
public interface Signers {
    /// Whether this operator, known here, signed exactly this statement.
    boolean verifies(String operator, byte[] statement, byte[] signature);
}
