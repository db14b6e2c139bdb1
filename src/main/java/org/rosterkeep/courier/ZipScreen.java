package org.rosterkeep.courier;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// A package of OneRoster files, read as it passes: entry after entry, each by the screen of its file, and no place in
/// between where something else could be: no extra fields, no comments, no gaps, no second list of contents.
final class ZipScreen implements Screen {
    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int LOCAL_LENGTH = 30;
    private static final int DESCRIPTOR_LENGTH = 16;
    private static final int CENTRAL_LENGTH = 46;
    private static final int END_LENGTH = 22;
    private static final int ENTRIES_MAX = 32;
    private static final int VERSION = 20;
    private static final long NUMBER = 0xffffffffL;
    /// Sizes behind the data, names in UTF-8.
    private static final int FLAGS = 1 << 3 | 1 << 11;

    private enum Part {
        SIGNATURE,
        LOCAL,
        DATA,
        DESCRIPTOR,
        CENTRAL,
        END,
        NOTHING
    }

    /// One file that passed.
    ///
    /// @param how its version, flags, method and time, which the list of contents repeats
    private record Entry(String name, long at, long how, int time, long crc, long packed, long size) {}

    private final Given given;
    private final Consumer<String> persons;
    private final List<Entry> entries = new ArrayList<>();
    private final ByteBuffer head = ByteBuffer.allocate(256).order(ByteOrder.LITTLE_ENDIAN);
    private final byte[] unpacked = new byte[8192];
    private final CRC32 crc = new CRC32();
    private Inflater inflater = new Inflater(true);
    private Screen screen = new ManifestScreen();
    private Part part = Part.SIGNATURE;
    private int wanted = 4;
    private int listed;
    private long at;
    private long headAt;
    private long localAt;
    private long centralAt;
    private String name = "";
    private long how;
    private int time;

    ZipScreen(Given given, Consumer<String> persons) {
        this.given = given;
        this.persons = persons;
    }

    @Override
    public void take(byte[] bytes, int from, int length) {
        int next = from;
        while (next < from + length) {
            int left = from + length - next;
            int used = part == Part.DATA ? data(bytes, next, left) : head(bytes, next, left);
            next += used;
            at += used;
        }
    }

    @Override
    public void end() {
        inflater.end();
        expect(part == Part.NOTHING);
    }

    /// Collects the bytes of a head, and goes on when it is complete.
    private int head(byte[] bytes, int from, int length) {
        expect(part != Part.NOTHING);
        if (head.position() == 0) {
            headAt = at;
        }
        int used = Math.min(length, wanted - head.position());
        head.put(bytes, from, used);
        if (head.position() == wanted) {
            complete();
        }
        return used;
    }

    private void complete() {
        switch (part) {
            case SIGNATURE -> signature();
            case LOCAL -> local();
            case DESCRIPTOR -> descriptor();
            case CENTRAL -> central();
            case END -> last();
            case DATA, NOTHING -> throw form();
        }
    }

    private void next(Part following, int length) {
        head.clear();
        part = following;
        wanted = length;
    }

    private void signature() {
        switch (head.getInt(0)) {
            case LOCAL -> {
                expect(listed == 0 && entries.size() < ENTRIES_MAX);
                part = Part.LOCAL;
                wanted = LOCAL_LENGTH;
            }
            case CENTRAL -> {
                centralAt = listed == 0 ? headAt : centralAt;
                part = Part.CENTRAL;
                wanted = CENTRAL_LENGTH;
            }
            case END -> {
                part = Part.END;
                wanted = END_LENGTH;
            }
            default -> throw form();
        }
    }

    private void local() {
        int nameLength = head.getShort(26);
        expect(nameLength > 4 && nameLength < 64 && head.getShort(28) == 0);
        if (head.position() < LOCAL_LENGTH + nameLength) {
            wanted = LOCAL_LENGTH + nameLength;
            return;
        }
        int flags = head.getShort(6);
        expect((flags & ~FLAGS) == 0 && (flags & 1 << 3) != 0 && head.getShort(8) == 8 && head.getShort(4) == VERSION);
        how = head.getLong(4) & 0xffffffffffffL;
        time = head.getInt(10);
        expect(head.getInt(14) == 0 && head.getInt(18) == 0 && head.getInt(22) == 0);
        name = name(LOCAL_LENGTH, nameLength);
        expect(name.endsWith(".csv")
                && entries.stream().noneMatch(one -> one.name().equals(name)));
        String file = name.substring(0, name.length() - 4);
        screen = file.equals("manifest") ? new ManifestScreen() : CsvScreen.of(file, given, persons);
        localAt = headAt;
        inflater.end();
        inflater = new Inflater(true);
        crc.reset();
        next(Part.DATA, 0);
    }

    private String name(int from, int length) {
        return new String(head.array(), from, length, StandardCharsets.US_ASCII);
    }

    private int data(byte[] bytes, int from, int length) {
        inflater.setInput(bytes, from, length);
        try {
            for (int n = inflater.inflate(unpacked); n > 0; n = inflater.inflate(unpacked)) {
                crc.update(unpacked, 0, n);
                screen.take(unpacked, 0, n);
            }
        } catch (DataFormatException e) {
            throw form();
        }
        expect(!inflater.needsDictionary());
        if (!inflater.finished()) {
            return length;
        }
        screen.end();
        next(Part.DESCRIPTOR, DESCRIPTOR_LENGTH);
        return length - inflater.getRemaining();
    }

    private void descriptor() {
        long packed = inflater.getBytesRead();
        long size = inflater.getBytesWritten();
        expect(packed < NUMBER && size < NUMBER);
        expect(head.getInt(0) == DESCRIPTOR
                && number(4) == crc.getValue()
                && number(8) == packed
                && number(12) == size);
        entries.add(new Entry(name, localAt, how, time, crc.getValue(), packed, size));
        next(Part.SIGNATURE, 4);
    }

    private void central() {
        expect(listed < entries.size());
        Entry entry = entries.get(listed);
        int nameLength = head.getShort(28);
        expect(nameLength == entry.name().length());
        if (head.position() < CENTRAL_LENGTH + nameLength) {
            wanted = CENTRAL_LENGTH + nameLength;
            return;
        }
        expect(number(16) == entry.crc() && number(20) == entry.packed() && number(24) == entry.size());
        expect(head.getShort(4) == VERSION
                && (head.getLong(6) & 0xffffffffffffL) == entry.how()
                && head.getInt(12) == entry.time());
        // No extra field, no comment, one disk, no attributes.
        expect(head.getInt(30) == 0 && head.getInt(34) == 0 && head.getInt(38) == 0);
        expect(name(CENTRAL_LENGTH, nameLength).equals(entry.name()) && number(42) == entry.at());
        listed++;
        next(Part.SIGNATURE, 4);
    }

    private void last() {
        expect(listed == entries.size() && listed > 0);
        expect(head.getInt(4) == 0 && head.getShort(8) == listed && head.getShort(10) == listed);
        expect(number(16) == centralAt && number(12) == headAt - centralAt && head.getShort(20) == 0);
        next(Part.NOTHING, 0);
    }

    private long number(int from) {
        return head.getInt(from) & NUMBER;
    }

    private static void expect(boolean so) {
        if (!so) {
            throw form();
        }
    }

    private static Refused form() {
        return Screen.form("This is no package of OneRoster files, or something is in it besides them.");
    }
}
