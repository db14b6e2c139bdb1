package org.rosterkeep.ledger;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Gives the whole ledger away: the files as they are, a signed note of where they end, the format, and a verifier that
/// is not ours to trust. What it holds names no person without the vault.
public final class LedgerExport {
    static final String NOTE = "export.json";

    private static final List<String> PAPERS = List.of("FORMAT.md", "verify-ledger.py");
    private static final byte[] SIGNED = "rosterkeep ledger export 1\n".getBytes(StandardCharsets.US_ASCII);

    private final Ledger ledger;

    public LedgerExport(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Writes a zip.
    ///
    /// @return the last record's number
    public long zip(OutputStream out, Instant now) {
        try {
            ZipOutputStream zip = new ZipOutputStream(out);
            long records = write(now, (name, in) -> {
                ZipEntry entry = new ZipEntry(name);
                entry.setTime(now.toEpochMilli());
                zip.putNextEntry(entry);
                in.transferTo(zip);
                zip.closeEntry();
            });
            zip.finish();
            return records;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /// Writes into a directory, which is made.
    ///
    /// @return the last record's number
    public long directory(Path directory, Instant now) {
        try {
            Files.createDirectories(directory);
            return write(now, (name, in) -> Files.copy(in, directory.resolve(name)));
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private interface Leaf {
        void put(String name, InputStream in) throws IOException;
    }

    private long write(Instant now, Leaf leaf) throws IOException {
        ledger.checkpoint();
        Scribe.Published end = ledger.published();
        LedgerPages pages = ledger.pages(end);
        byte[] note = note(end, now);
        leaf.put(NOTE, new ByteArrayInputStream(note));
        for (Segment segment : pages.segments()) {
            // Read uncompressed, so that a segment that is being compressed meanwhile is the same file either way.
            String name = Segment.plain(Path.of(""), segment.number()).toString();
            try (InputStream in = segment.open()) {
                leaf.put(name, segment.number() == end.segment() ? new Limited(in, end.size()) : in);
            }
        }
        for (String paper : PAPERS) {
            try (InputStream in = LedgerExport.class.getResourceAsStream(paper)) {
                leaf.put(paper, Objects.requireNonNull(in, paper));
            }
        }
        return end.number();
    }

    private byte[] note(Scribe.Published end, Instant now) {
        Text text = new Text()
                .raw("{\"format\":1")
                .member("records", end.number())
                .member("head", end.head())
                .member("at", now.toString())
                .member("key", HexFormat.of().formatHex(ledger.publicKey()));
        String signature = Base64.getEncoder().encodeToString(ledger.signer().sign(signed(text.bytes())));
        return text.member("sig", signature).raw("}").bytes();
    }

    /// The bytes an export's signature is made over.
    static byte[] signed(byte[] note) {
        byte[] message = new byte[SIGNED.length + note.length];
        System.arraycopy(SIGNED, 0, message, 0, SIGNED.length);
        System.arraycopy(note, 0, message, SIGNED.length, note.length);
        return message;
    }

    private static LedgerFault failed(IOException e) {
        return new LedgerFault(LedgerFault.Code.UNREADABLE, "the ledger could not be exported", e);
    }

    /// The first bytes of a stream.
    private static final class Limited extends FilterInputStream {
        private long left;

        Limited(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int count = super.read(bytes, offset, (int) Math.min(left, length));
            left -= Math.max(count, 0);
            return count;
        }
    }
}
