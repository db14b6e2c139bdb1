package org.rosterkeep.disclosure;

/// A reversible, keyed one-block mapping of record keys to outward ids, one key per pseudonym domain: two domains'
/// ids cannot be joined. Implemented by `keys`; used here and nowhere else.
public interface Aliases {
    /// Turns `count` blocks of 16 bytes, from the start of `blocks`, into their outward form in place. The entity must
    /// already be mixed into the block by the caller.
    void conceal(byte[] blocks, int count);

    /// The inverse of [#conceal], for one block.
    void recover(byte[] block);

    /// The aliases of every domain of a district.
    interface Book {
        /// What makes a domain's ids; a domain that is new gets its key here.
        Aliases of(String domain);

        /// The same cipher under a key of the domain that makes no ids, for ETags.
        Aliases tags(String domain);

        /// Whether the domain's key was destroyed: then nobody can say which record an id of it meant, or in which
        /// order its records once stood.
        boolean forgot(String domain);
    }
}
