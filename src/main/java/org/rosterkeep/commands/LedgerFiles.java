package org.rosterkeep.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Optional;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.LedgerVerbs;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.ledger.ExportVerifier;

/// Checks an export of a ledger without any appliance.
final class LedgerFiles {
    private LedgerFiles() {}

    /// @param key the public key as the district gave it, hex; without it only that nothing changed since the export
    static Answer verify(Path export, Optional<String> key) {
        if (!Files.exists(export)) {
            throw Trouble.notFound("There is no " + export + ".", "Name an export: a zip, or a folder.");
        }
        var answer = LedgerVerbs.told(new ExportVerifier(key.map(LedgerFiles::bytes)).verify(export));
        var lines = new java.util.ArrayList<>(answer.lines());
        if (key.isEmpty()) {
            lines.add("Signed by " + own(export) + ": compare it with the key the district gave, or give it as --key.");
        }
        return new Answer(answer.json(), lines);
    }

    private static String own(Path export) {
        try {
            return ExportVerifier.ownKey(export);
        } catch (IOException e) {
            throw Trouble.wrongUse(
                            "The export cannot be read.",
                            "Reading stopped with " + e.getClass().getSimpleName() + ".",
                            "Check the file and this user's rights.")
                    .because(e);
        }
    }

    private static byte[] bytes(String hex) {
        if (hex.matches("[0-9a-fA-F]{64}")) {
            return HexFormat.of().parseHex(hex);
        }
        throw Trouble.wrongUse(
                "--key is not a public key.", "It is 64 hex digits.", "See: rosterkeep ledger stats (Public key)");
    }
}
