package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// A zip archive, read by its own strict reader: the library's forgives what an attacker needs (two files of one name,
/// overlapping entries, headers that disagree). The whole directory is checked before the first byte is unpacked.
final class Archive implements Delivery {
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_PLACE = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_LENGTH = 22;
    private static final int COMMENT_MAX = 0xffff;
    private static final long BIG = 0xffffffffL;

    private final SeekableByteChannel channel;
    private final Map<String, ArchiveEntry> files;
    private final int strangers;
    private final boolean inFolder;

    private Archive(SeekableByteChannel channel, Map<String, ArchiveEntry> files, int strangers, boolean inFolder) {
        this.channel = channel;
        this.files = files;
        this.strangers = strangers;
        this.inFolder = inFolder;
    }

    /// Takes the channel over, also when it refuses.
    static Archive open(SeekableByteChannel channel, Limits limits) {
        try {
            return new Reading(channel, limits).archive();
        } catch (IOException e) {
            close(channel);
            throw new IntakeFault(FindingCode.ARCHIVE_NOT_A_ZIP, "");
        } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
            // A length in a header points outside the directory: the buffers check every access.
            close(channel);
            throw new IntakeFault(FindingCode.ARCHIVE_INCONSISTENT, "");
        } catch (IntakeFault e) {
            close(channel);
            throw e;
        }
    }

    @Override
    public Set<String> files() {
        return Collections.unmodifiableSet(files.keySet());
    }

    @Override
    public int strangers() {
        return strangers;
    }

    @Override
    public boolean inFolder() {
        return inFolder;
    }

    @Override
    public InputStream read(String file) {
        ArchiveEntry entry = files.get(file);
        if (entry == null) {
            throw new IntakeFault(FindingCode.FILE_MISSING, file);
        }
        return new Unpacking(channel, entry, file);
    }

    @Override
    public void close() {
        close(channel);
    }

    private static void close(SeekableByteChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing was written, so nothing is lost.
        }
    }

    /// One walk through the directory.
    private static final class Reading {
        private final SeekableByteChannel channel;
        private final Limits limits;
        private final long size;

        Reading(SeekableByteChannel channel, Limits limits) throws IOException {
            this.channel = channel;
            this.limits = limits;
            size = channel.size();
        }

        Archive archive() throws IOException {
            if (size > limits.packedBytes()) {
                throw refused(FindingCode.ARCHIVE_TOO_LARGE);
            }
            List<ArchiveEntry> entries = directory();
            check(entries);
            ArchiveNames names = new ArchiveNames();
            Map<String, ArchiveEntry> files = new TreeMap<>();
            int strangers = 0;
            for (ArchiveEntry entry : entries) {
                String file = names.take(entry.name());
                if (Columns.isKnownFile(file)) {
                    files.put(file, entry);
                } else if (!file.isEmpty()) {
                    strangers++;
                }
            }
            names.finish();
            return new Archive(channel, files, strangers, names.inFolder());
        }

        private List<ArchiveEntry> directory() throws IOException {
            ByteBuffer tail =
                    at(Math.max(0, size - END_LENGTH - COMMENT_MAX), (int) Math.min(size, END_LENGTH + COMMENT_MAX));
            int end = tail.limit() - END_LENGTH;
            while (end >= 0 && !isEnd(tail, end)) {
                end--;
            }
            if (end < 0) {
                throw refused(FindingCode.ARCHIVE_NOT_A_ZIP);
            }
            long endAt = size - tail.limit() + end;
            long count = tail.getShort(end + 10) & 0xffff;
            long length = tail.getInt(end + 12) & BIG;
            long start = tail.getInt(end + 16) & BIG;
            if (tail.getShort(end + 4) != 0 && tail.getShort(end + 4) != -1) {
                throw refused(FindingCode.ARCHIVE_INCONSISTENT);
            }
            if (count == 0xffff || length == BIG || start == BIG) {
                ByteBuffer place = at(endAt - 20, 20);
                require(place.getInt(0) == END_64_PLACE);
                long big = place.getLong(8);
                ByteBuffer end64 = at(big, 56);
                require(end64.getInt(0) == END_64);
                count = end64.getLong(32);
                length = end64.getLong(40);
                start = end64.getLong(48);
                endAt = big;
            }
            if (count > limits.files()) {
                throw refused(FindingCode.ARCHIVE_TOO_MANY_FILES);
            }
            require(count >= 0 && length >= 0 && start >= 0 && length <= 1 << 20 && start + length == endAt);
            return entries(at(start, (int) length), (int) count, start);
        }

        private static boolean isEnd(ByteBuffer tail, int at) {
            return tail.getInt(at) == END && (tail.getShort(at + 20) & 0xffff) == tail.limit() - at - END_LENGTH;
        }

        private List<ArchiveEntry> entries(ByteBuffer central, int count, long dataEnd) throws IOException {
            List<ArchiveEntry> entries = new ArrayList<>();
            while (central.hasRemaining()) {
                int at = central.position();
                require(central.getInt(at) == CENTRAL);
                int nameLength = central.getShort(at + 28) & 0xffff;
                int extraLength = central.getShort(at + 30) & 0xffff;
                int commentLength = central.getShort(at + 32) & 0xffff;
                ArchiveEntry entry = ArchiveEntry.read(central, at, nameLength, extraLength);
                central.position(at + 46 + nameLength + extraLength + commentLength);
                entries.add(placed(entry, dataEnd));
            }
            require(entries.size() == count);
            return entries;
        }

        /// Finds where the data begins, and that the entry's own header agrees with the directory.
        private ArchiveEntry placed(ArchiveEntry entry, long dataEnd) throws IOException {
            if ((entry.flags() & 0x2041) != 0) {
                throw refused(FindingCode.ARCHIVE_ENCRYPTED);
            }
            require(entry.header() >= 0 && entry.header() + 30 <= dataEnd);
            ByteBuffer local = at(entry.header(), 30);
            int nameLength = local.getShort(26) & 0xffff;
            int extraLength = local.getShort(28) & 0xffff;
            require(local.getInt(0) == LOCAL && local.getShort(8) == entry.method());
            require((local.getShort(6) & 0x2041) == 0);
            String name = UTF_8.decode(at(entry.header() + 30, nameLength)).toString();
            require(name.equals(entry.name()));
            long data = entry.header() + 30 + nameLength + extraLength;
            require(entry.packed() >= 0 && entry.unpacked() >= 0 && data + entry.packed() <= dataEnd);
            return entry.placed(data);
        }

        private void check(List<ArchiveEntry> entries) {
            long unpacked = 0;
            Set<String> names = new HashSet<>();
            for (ArchiveEntry entry : entries) {
                if (entry.link()) {
                    throw refused(FindingCode.ARCHIVE_LINK);
                }
                if (entry.method() != 0 && entry.method() != 8) {
                    throw refused(FindingCode.ARCHIVE_METHOD);
                }
                if (!names.add(entry.name().toLowerCase(Locale.ROOT))) {
                    throw refused(FindingCode.ARCHIVE_FILE_TWICE);
                }
                unpacked += entry.unpacked();
                if (unpacked > limits.unpackedBytes()) {
                    throw refused(FindingCode.ARCHIVE_UNPACKS_TOO_LARGE);
                }
                require(entry.method() == 8 || entry.packed() == entry.unpacked());
                if (entry.unpacked() > limits.ratioFloorBytes() && entry.unpacked() / limits.ratio() > entry.packed()) {
                    throw refused(FindingCode.ARCHIVE_RATIO);
                }
            }
            List<ArchiveEntry> placed = new ArrayList<>(entries);
            placed.sort(Comparator.comparingLong(ArchiveEntry::header));
            for (int i = 1; i < placed.size(); i++) {
                ArchiveEntry before = placed.get(i - 1);
                require(before.data() + before.packed() <= placed.get(i).header());
            }
        }

        private ByteBuffer at(long position, int length) throws IOException {
            require(position >= 0 && position + length <= size);
            ByteBuffer into = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
            channel.position(position);
            while (into.hasRemaining() && channel.read(into) >= 0) {
                // A channel may give less than asked.
            }
            require(!into.hasRemaining());
            return into.flip();
        }

        private static void require(boolean consistent) {
            if (!consistent) {
                throw refused(FindingCode.ARCHIVE_INCONSISTENT);
            }
        }

        private static IntakeFault refused(FindingCode code) {
            return new IntakeFault(code, "");
        }
    }
}
