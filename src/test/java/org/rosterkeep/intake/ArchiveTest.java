package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A zip archive")
class ArchiveTest {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private final Limits limits = Limits.shipped();

    private static Map<String, byte[]> files(String... names) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        for (String name : names) {
            files.put(name, ("propertyName,value\r\n" + name + ",x\r\n").getBytes(UTF_8));
        }
        return files;
    }

    private static byte[] zip(String... names) {
        return World.zipped(files(names));
    }

    /// Where the n-th header of a kind begins.
    private static int find(byte[] zip, int signature, int n) {
        ByteBuffer bytes = ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
        int left = n;
        for (int i = 0; i + 4 <= zip.length; i++) {
            if (bytes.getInt(i) == signature && left-- == 0) {
                return i;
            }
        }
        throw new AssertionError("no such header");
    }

    private static ByteBuffer edit(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void refused(FindingCode code, byte[] zip) {
        IntakeFault fault = assertThrows(IntakeFault.class, () -> readAll(zip, limits));
        assertEquals(code, fault.code());
        World world = new World();
        Report report = world.run(new Source.Held(zip));
        assertEquals(Report.Outcome.REFUSED, report.outcome());
        assertEquals(0, world.landing.batch(), "nothing landed");
        assertEquals(1, world.journal.size(), "the refusal is in the journal");
    }

    private static void readAll(byte[] zip, Limits limits) throws IOException {
        try (Delivery delivery = new Source.Held(zip).open(limits)) {
            for (String file : delivery.files()) {
                try (InputStream in = delivery.read(file)) {
                    in.transferTo(ByteArrayOutputStream.nullOutputStream());
                }
            }
        }
    }

    @Test
    @DisplayName("gives its files, each readable more than once")
    void reads() throws IOException {
        try (Delivery delivery = new Source.Held(zip("manifest.csv", "users.csv")).open(limits)) {
            assertEquals(java.util.Set.of("manifest.csv", "users.csv"), delivery.files());
            for (int i = 0; i < 2; i++) {
                assertTrue(new String(delivery.read("users.csv").readAllBytes(), UTF_8).endsWith("users.csv,x\r\n"));
            }
        }
    }

    @Test
    @DisplayName("may have its files in one folder, as people pack them, and a Macintosh's additions")
    void oneFolder() {
        byte[] zip = zip("export/manifest.csv", "export/users.csv", "__MACOSX/export/._users.csv", "export/notes.txt");
        try (Delivery delivery = new Source.Held(zip).open(limits)) {
            assertEquals(2, delivery.files().size());
            assertEquals(2, delivery.strangers());
            assertTrue(delivery.inFolder());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../users.csv",
                "/users.csv",
                "a/b/users.csv",
                "..",
                "a\\users.csv",
                "C:users.csv",
                "x/../users.csv"
            })
    @DisplayName("is refused when a name leads out of it or into nested folders")
    void paths(String name) {
        refused(FindingCode.ARCHIVE_PATH, zip("manifest.csv", name));
    }

    @Test
    @DisplayName("is refused when its files lie in two places")
    void twoFolders() {
        refused(FindingCode.ARCHIVE_PATH, zip("manifest.csv", "export/users.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USERS.CSV", "users.csv"})
    @DisplayName("is refused when it holds a file twice, also in another case")
    void twice(String second) {
        byte[] zip = zip("users.csv", "manifest.csv", "userz.csv");
        for (int header : new int[] {find(zip, LOCAL, 2) + 30, find(zip, CENTRAL, 2) + 46}) {
            System.arraycopy(second.getBytes(UTF_8), 0, zip, header, second.length());
        }
        refused(FindingCode.ARCHIVE_FILE_TWICE, zip);
    }

    @Test
    @DisplayName("is refused when an entry is a symbolic link")
    void link() {
        byte[] zip = zip("manifest.csv", "users.csv");
        int central = find(zip, CENTRAL, 1);
        edit(zip).put(central + 5, (byte) 3).putInt(central + 38, 0xa1ff << 16);
        refused(FindingCode.ARCHIVE_LINK, zip);
    }

    @Test
    @DisplayName("is refused when it is encrypted")
    void encrypted() {
        byte[] zip = zip("manifest.csv");
        edit(zip).put(find(zip, CENTRAL, 0) + 8, (byte) 9).put(find(zip, LOCAL, 0) + 6, (byte) 9);
        refused(FindingCode.ARCHIVE_ENCRYPTED, zip);
    }

    @Test
    @DisplayName("is refused when it is packed with a method OneRoster does not use")
    void method() {
        byte[] zip = zip("manifest.csv");
        edit(zip).putShort(find(zip, CENTRAL, 0) + 10, (short) 12).putShort(find(zip, LOCAL, 0) + 8, (short) 12);
        refused(FindingCode.ARCHIVE_METHOD, zip);
    }

    @Test
    @DisplayName("is refused when it is no zip at all, or empty, or cut off anywhere")
    void truncated() {
        refused(FindingCode.ARCHIVE_NOT_A_ZIP, "sourcedId,status".getBytes(UTF_8));
        refused(FindingCode.ARCHIVE_NOT_A_ZIP, new byte[0]);
        byte[] zip = zip("manifest.csv", "users.csv");
        for (int length = zip.length - 1; length > 0; length -= 7) {
            byte[] cut = Arrays.copyOf(zip, length);
            assertThrows(IntakeFault.class, () -> readAll(cut, limits), "cut to " + length);
        }
    }

    @Test
    @DisplayName("is refused when bytes of a file were changed, and says so before a row lands")
    void damaged() {
        byte[] zip = World.zipped(World.small().all());
        ByteBuffer central = edit(zip);
        int last = find(zip, CENTRAL, 0);
        central.putInt(last + 16, central.getInt(last + 16) ^ 1);
        refused(FindingCode.ARCHIVE_CHECKSUM, zip);
    }

    @Test
    @DisplayName("is refused when a file unpacks to more than it says")
    void moreThanSaid() {
        byte[] zip = zip("manifest.csv");
        edit(zip).putInt(find(zip, CENTRAL, 0) + 24, 3);
        refused(FindingCode.ARCHIVE_UNPACKS_TOO_LARGE, zip);
    }

    @Test
    @DisplayName("is refused when it would unpack to more than the limit, before anything is unpacked")
    void tooLarge() throws IOException {
        byte[] zip = zip("manifest.csv", "users.csv");
        Limits small = new Limits(32, 1 << 20, 60, 100, 1 << 20, 8192, 256, 1000, 10);
        assertEquals(
                FindingCode.ARCHIVE_UNPACKS_TOO_LARGE,
                assertThrows(IntakeFault.class, () -> new Source.Held(zip).open(small))
                        .code());
        Limits packed = new Limits(32, 50, 1 << 20, 100, 1 << 20, 8192, 256, 1000, 10);
        assertEquals(
                FindingCode.ARCHIVE_TOO_LARGE,
                assertThrows(IntakeFault.class, () -> new Source.Held(zip).open(packed))
                        .code());
    }

    @Test
    @DisplayName("is refused when it is a bomb: five megabytes of one letter in a few kilobytes")
    void bomb() {
        byte[] letters = new byte[5 << 20];
        Arrays.fill(letters, (byte) 'a');
        refused(FindingCode.ARCHIVE_RATIO, World.zipped(Map.of("users.csv", letters)));
    }

    @Test
    @DisplayName("is refused when its entries overlap: a bomb whose files share their bytes")
    void overlap() {
        byte[] zip = zip("manifest.csv", "users.csv");
        ByteBuffer bytes = edit(zip);
        int first = find(zip, CENTRAL, 0);
        int second = find(zip, CENTRAL, 1);
        bytes.putInt(second + 42, bytes.getInt(first + 42));
        refused(FindingCode.ARCHIVE_INCONSISTENT, zip);
    }

    @Test
    @DisplayName("is refused when a file's own header disagrees with the directory")
    void headersDisagree() {
        byte[] zip = zip("manifest.csv", "users.csv");
        zip[find(zip, LOCAL, 1) + 30] = 'v';
        refused(FindingCode.ARCHIVE_INCONSISTENT, zip);
    }

    @Test
    @DisplayName("is refused when there is something between the directory and the end")
    void hiddenDirectory() {
        byte[] zip = zip("manifest.csv");
        int end = find(zip, END, 0);
        byte[] longer = new byte[zip.length + 8];
        System.arraycopy(zip, 0, longer, 0, end);
        System.arraycopy(zip, end, longer, end + 8, zip.length - end);
        refused(FindingCode.ARCHIVE_INCONSISTENT, longer);
    }

    @Test
    @DisplayName("is refused when it holds too many files")
    void tooMany() {
        String[] names = new String[33];
        Arrays.setAll(names, i -> "f" + i + ".csv");
        refused(FindingCode.ARCHIVE_TOO_MANY_FILES, zip(names));
    }

    @Test
    @DisplayName("may store files unpacked")
    void stored() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : World.small().all().entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                CRC32 sum = new CRC32();
                sum.update(file.getValue());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        World world = new World();
        assertEquals(
                Report.Outcome.APPLIED,
                world.run(new Source.Held(bytes.toByteArray())).outcome());
    }

    @Test
    @DisplayName("with any one byte changed is read as it was, or refused; it never reads as something else")
    void anyByte() {
        byte[] good = World.zipped(files("manifest.csv", "users.csv"));
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            byte[] bad = good.clone();
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            try (Delivery delivery = new Source.Held(bad).open(limits)) {
                for (String file : delivery.files()) {
                    byte[] read = delivery.read(file).readAllBytes();
                    assertTrue(
                            Arrays.equals(
                                    read, files("manifest.csv", "users.csv").get(file)),
                            "seed " + seed);
                }
            } catch (IntakeFault | IOException e) {
                assertTrue(e instanceof IntakeFault, "seed " + seed);
            }
        }
    }

    @Test
    @DisplayName("that does not exist is refused, and so is a folder with a link in it")
    void unreadable(@TempDir Path folder) throws IOException {
        assertEquals(
                FindingCode.SOURCE_UNREADABLE,
                assertThrows(
                                IntakeFault.class,
                                () -> Source.at(folder.resolve("none.zip")).open(limits))
                        .code());
        Files.writeString(folder.resolve("secret"), "x");
        Files.createSymbolicLink(folder.resolve("users.csv"), folder.resolve("secret"));
        assertEquals(
                FindingCode.ARCHIVE_LINK,
                assertThrows(IntakeFault.class, () -> Source.at(folder).open(limits))
                        .code());
    }

    @Test
    @DisplayName("that is a folder somebody still writes into is refused at the second reading")
    void changing(@TempDir Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : World.small().all().entrySet()) {
            Files.write(folder.resolve(file.getKey()), file.getValue());
        }
        World world = new World();
        Report report = world.intake().run(Source.at(folder), world.options, (file, reading, rows) -> {
            if (file.equals("users.csv") && reading == 1) {
                append(folder.resolve("enrollments.csv"), "e9,,,k1,o2,p1,student,,,\r\n");
            } else if (file.equals("orgs.csv") && reading == 2) {
                append(folder.resolve("classes.csv"), "\r\n");
            }
            return true;
        });
        assertEquals(Report.Outcome.REFUSED, report.outcome());
        assertEquals(1L, report.totals().get(FindingCode.SOURCE_CHANGED));
        assertEquals(0, world.landing.batch());
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text, java.nio.file.StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
