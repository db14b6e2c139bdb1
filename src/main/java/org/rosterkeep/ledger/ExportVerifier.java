package org.rosterkeep.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.rosterkeep.ledger.LedgerVerifier.Known;
import org.rosterkeep.ledger.Verdict.Broken;
import org.rosterkeep.ledger.Verdict.Flaw;

/// Checks an export, a directory or a zip, far from any appliance.
public final class ExportVerifier {
    private final Optional<byte[]> trusted;

    /// @param trusted the public key as the district gave it, 32 bytes; when empty the export's own is used,
    /// which shows
    ///     only that nothing changed since it was made
    public ExportVerifier(Optional<byte[]> trusted) {
        this.trusted = trusted.map(byte[]::clone);
    }

    public Verdict verify(Path export) {
        try {
            return Files.isDirectory(export) ? directory(export) : zip(export);
        } catch (IOException e) {
            return new Broken(LedgerExport.NOTE, 0, Flaw.FILE, "the export cannot be read");
        }
    }

    /// The key an export names itself, hex: to be compared with the one the district gave.
    public static String ownKey(Path export) throws IOException {
        if (Files.isDirectory(export)) {
            return text(RecordText.object(Files.readAllBytes(export.resolve(LedgerExport.NOTE))), "key");
        }
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(export))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(LedgerExport.NOTE)) {
                    return text(RecordText.object(zip.readAllBytes()), "key");
                }
            }
        }
        return "";
    }

    private Verdict directory(Path export) throws IOException {
        byte[] note = Files.readAllBytes(export.resolve(LedgerExport.NOTE));
        Map<String, Object> claim;
        LedgerVerifier verifier;
        try {
            claim = RecordText.object(note);
            byte[] key = trusted.orElseGet(() -> HexFormat.of().parseHex(text(claim, "key")));
            long records = claim.get("records") instanceof Long number ? number : 0;
            verifier = new LedgerVerifier(key, Optional.of(new Known(records, text(claim, "head"))));
            String signature = text(claim, "sig");
            int length = note.length - signature.length() - ",\"sig\":\"\"}".length();
            if (length < 1 || !verifier.signs(LedgerExport.signed(Arrays.copyOf(note, length)), signature)) {
                return new Broken(LedgerExport.NOTE, 0, Flaw.SIGNATURE, "the export's note is not signed by this key");
            }
            return atEnd(verifier.verify(export), records);
        } catch (LedgerFault | IllegalArgumentException e) {
            return new Broken(LedgerExport.NOTE, 0, Flaw.CHANGED, "the export's note is not in its form");
        }
    }

    private static Verdict atEnd(Verdict verdict, long records) {
        return verdict instanceof Verdict.Sound sound && sound.records() != records
                ? new Broken("", records + 1, Flaw.CHANGED, "more records than the export's note names")
                : verdict;
    }

    /// Only what a ledger is made of is taken out of the archive, by names that cannot lead anywhere else.
    private Verdict zip(Path export) throws IOException {
        Path place = Files.createTempDirectory("ledger-export");
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(export))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (entry.getName().equals(LedgerExport.NOTE) || Segment.named(entry.getName())) {
                    Files.copy((InputStream) zip, place.resolve(entry.getName()));
                }
            }
            return directory(place);
        } finally {
            remove(place);
        }
    }

    private static void remove(Path place) throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(place);
    }

    private static String text(Map<String, Object> claim, String name) {
        return claim.get(name) instanceof String text ? text : "";
    }
}
