package org.rosterkeep.disclosure;

/// Proof that an answer is in the record of disclosures. A final class with a hidden constructor: only [Account] makes
/// one, after the ledger returned a number.
final class Receipt {
    private final Account.Numbers numbers;

    Receipt(Account.Numbers numbers) {
        this.numbers = numbers;
    }

    Account.Numbers numbers() {
        return numbers;
    }
}
