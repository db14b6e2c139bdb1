package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.siegmar.fastcsv.reader.CommentStrategy;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The reader of tables")
class CsvTest {
    private final Limits limits = Limits.shipped();

    private List<List<String>> read(String text) {
        return read(new ByteArrayInputStream(text.getBytes(UTF_8)));
    }

    private List<List<String>> read(InputStream in) {
        List<List<String>> rows = new ArrayList<>();
        try (Csv csv = new Csv(in, "x.csv", limits)) {
            while (csv.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 0; i < csv.cells(); i++) {
                    row.add(csv.cell(i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    @Test
    @DisplayName("reads quotes, doubled quotes, commas and line ends inside quotes, empty cells, any line end")
    void reads() {
        assertEquals(
                List.of(List.of("a", "b,\"c\"\nd", ""), List.of("", "", "e"), List.of("ü", "\"", "x")),
                read("a,\"b,\"\"c\"\"\nd\",\r\n,,e\nü,\"\"\"\",x"));
        assertEquals(List.of(List.of("a"), List.of("b")), read("\ufeffa\r\r\n\nb\r"));
        assertEquals(List.of(), read(""));
        assertEquals(List.of(List.of("a", "")), read("a,"));
    }

    @Test
    @DisplayName("knows the line a row begins on")
    void lines() {
        try (Csv csv = new Csv(bytes("h\r\n\"a\nb\"\r\n\r\nc\rd"), "x.csv", limits)) {
            List<Long> lines = new ArrayList<>();
            while (csv.next()) {
                lines.add(csv.line());
            }
            assertEquals(List.of(1L, 2L, 5L, 6L), lines);
        }
    }

    @Test
    @DisplayName("reads what a foreign reader reads, whatever the text and however it arrives")
    void asTheOther() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] pieces = {"a", "bc", ",", ",", "\"\"", "\r\n", "\n", " ", "é", "😀", "x,y", "\"q,\"\"r\"\"\n\""};
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder();
            boolean cellStart = true;
            for (int i = random.nextInt(40); i > 0; i--) {
                String piece = pieces[random.nextInt(pieces.length)];
                if (piece.startsWith("\"") && !cellStart) {
                    continue;
                }
                text.append(piece);
                boolean quoted = piece.startsWith("\"");
                if (quoted) {
                    text.append(random.nextBoolean() ? "," : "\n");
                }
                cellStart = quoted || piece.equals(",") || piece.endsWith("\n");
            }
            List<List<String>> theirs = new ArrayList<>();
            try (CsvReader<CsvRecord> reader = CsvReader.builder()
                    .commentStrategy(CommentStrategy.NONE)
                    .skipEmptyLines(true)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(text.toString())) {
                reader.forEach(record -> theirs.add(record.getFields()));
            }
            assertEquals(theirs, read(trickle(text.toString(), random)), "seed " + seed + " round " + round);
        }
    }

    /// The text in pieces of random size.
    private static InputStream trickle(String text, Random random) {
        return new ByteArrayInputStream(text.getBytes(UTF_8)) {
            @Override
            public synchronized int read(byte[] into, int offset, int length) {
                return super.read(into, offset, Math.min(length, 1 + random.nextInt(5)));
            }
        };
    }

    @Test
    @DisplayName("says when text follows a closing quote, and goes on with the next row")
    void afterQuote() {
        try (Csv csv = new Csv(bytes("\"a\"b,c\r\nd,e\r\n"), "x.csv", limits)) {
            assertTrue(csv.next());
            assertTrue(csv.afterQuote());
            assertTrue(csv.next());
            assertFalse(csv.afterQuote());
            assertEquals("d", csv.cell(0));
        }
    }

    @Test
    @DisplayName("says when a quote never closes")
    void openQuote() {
        try (Csv csv = new Csv(bytes("a\r\n\"b\r\nc"), "x.csv", limits)) {
            while (csv.next()) {
                // To the end.
            }
            assertTrue(csv.openQuote());
        }
    }

    @Test
    @DisplayName("cuts a cell at the limit, says so, and reads the next row whole")
    void cut() {
        String longest = "x".repeat(limits.cellBytes());
        try (Csv csv = new Csv(bytes(longest + ",b\r\n" + longest + "y,b\r\nc,d\r\n"), "x.csv", limits)) {
            assertTrue(csv.next());
            assertFalse(csv.cut());
            assertTrue(csv.next());
            assertTrue(csv.cut());
            assertEquals("b", csv.cell(1));
            assertTrue(csv.next());
            assertFalse(csv.cut());
        }
    }

    @Test
    @DisplayName("counts cells beyond the limit of columns without keeping them")
    void manyCells() {
        try (Csv csv = new Csv(bytes("a,".repeat(100_000) + "\r\nb"), "x.csv", limits)) {
            assertTrue(csv.next());
            assertEquals(100_001, csv.cells());
            assertTrue(csv.next());
            assertEquals("b", csv.cell(0));
        }
    }

    /// One line of so many equal bytes, made as it is read.
    private static InputStream line(byte of, long length) {
        return new InputStream() {
            private long left = length;

            @Override
            public int read() {
                return left-- > 0 ? of : -1;
            }

            @Override
            public int read(byte[] into, int offset, int most) {
                if (left <= 0) {
                    return -1;
                }
                int length = (int) Math.min(most, left);
                Arrays.fill(into, offset, offset + length, of);
                left -= length;
                return length;
            }
        };
    }

    @Test
    @DisplayName("reads a line of more than a gigabyte in the memory of one cell, and says that it is cut")
    void endless() {
        long length = Math.max(1L << 30, Runtime.getRuntime().maxMemory()) + 1;
        try (Csv csv = new Csv(line((byte) 'a', length), "x.csv", limits)) {
            assertTrue(csv.next());
            assertTrue(csv.cut());
            assertEquals(limits.cellBytes(), csv.end(0));
            assertFalse(csv.next());
        }
    }

    @Test
    @DisplayName("ends at once with a file in UTF-16, whose letters are half zeros")
    void utf16() {
        for (java.nio.charset.Charset charset : List.of(
                java.nio.charset.StandardCharsets.UTF_16,
                java.nio.charset.StandardCharsets.UTF_16LE,
                java.nio.charset.StandardCharsets.UTF_16BE)) {
            assertEquals(
                    FindingCode.NUL_BYTE,
                    assertThrows(
                                    IntakeFault.class,
                                    () -> read(new ByteArrayInputStream("sourcedId,status\r\n".getBytes(charset))))
                            .code());
        }
    }

    @Test
    @DisplayName("ends everything at a zero byte")
    void nul() {
        assertEquals(
                FindingCode.NUL_BYTE,
                assertThrows(IntakeFault.class, () -> read("a\0b")).code());
        assertEquals(
                FindingCode.NUL_BYTE,
                assertThrows(IntakeFault.class, () -> read("\"a\0b\"")).code());
    }

    @Test
    @DisplayName("tells UTF-8 from bytes that are none exactly as the JDK's strict decoder does")
    void utf8() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int[] tricky = {0xc0, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 'a'};
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(5)];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) tricky[random.nextInt(tricky.length)];
            }
            boolean good;
            try {
                good = UTF_8.newDecoder()
                                .decode(java.nio.ByteBuffer.wrap(bytes))
                                .toString()
                                .indexOf('\ufffd')
                        < 0;
            } catch (CharacterCodingException e) {
                good = false;
            }
            assertEquals(good, Utf8.wellFormed(bytes, 0, bytes.length), "seed " + seed);
        }
    }

    @Test
    @DisplayName("does not take half a letter at the end of one cell and half at the start of the next for one letter")
    void halves() {
        byte[] bytes = "a\u00c3,\u00a9b".getBytes(ISO_8859_1);
        try (Csv csv = new Csv(new ByteArrayInputStream(bytes), "x.csv", limits)) {
            assertTrue(csv.next());
            assertFalse(csv.wellFormed());
        }
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }
}
