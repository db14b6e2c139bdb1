package org.rosterkeep.disclosure;

/// The record of disclosures, as the door needs it: it turns an entry into a number that is durable before it returns,
/// and only then into the receipt without which nothing can be cleared.
public abstract class Account {
    /// Writes the entry durably (synced) and returns its two numbers.
    ///
    /// @throws RuntimeException of any kind when the entry could not be made durable: then nothing leaves
    protected abstract Numbers append(Entry entry);

    /// @param ledger the entry's place in the ledger
    /// @param reference the how-many-eth answer to this client it is, counted from 1: the number the
    ///     client is told, which must not tell it about anybody else's traffic
    public record Numbers(long ledger, long reference) {}

    final Receipt receipt(Entry entry) {
        return new Receipt(append(entry));
    }
}
