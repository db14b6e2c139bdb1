package org.rosterkeep.vault;

/// A block or document as it rests: ciphertext, and the epoch of the keys it was sealed in.
record Sealed(int epoch, byte[] data) {}
