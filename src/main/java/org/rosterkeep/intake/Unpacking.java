package org.rosterkeep.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// The content of one file of an archive. It never gives more bytes than the directory announced, and its end is only
/// reached when size and checksum are right.
final class Unpacking extends InputStream {
    private final SeekableByteChannel channel;
    private final ArchiveEntry entry;
    private final String file;
    private final Inflater inflater;
    private final CRC32 sum = new CRC32();
    private final ByteBuffer packed = ByteBuffer.allocate(1 << 16);
    private long taken;
    private long given;
    private boolean ended;

    Unpacking(SeekableByteChannel channel, ArchiveEntry entry, String file) {
        this.channel = channel;
        this.entry = entry;
        this.file = file;
        inflater = new Inflater(true);
        packed.limit(0);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (ended || length == 0) {
            return ended ? -1 : 0;
        }
        int got = entry.method() == 0 ? stored(into, offset, length) : inflated(into, offset, length);
        if (got < 0) {
            ended = true;
            if (given != entry.unpacked() || sum.getValue() != entry.sum()) {
                throw new IntakeFault(FindingCode.ARCHIVE_CHECKSUM, file);
            }
            return -1;
        }
        given += got;
        if (given > entry.unpacked()) {
            throw new IntakeFault(FindingCode.ARCHIVE_UNPACKS_TOO_LARGE, file);
        }
        sum.update(into, offset, got);
        return got;
    }

    private int stored(byte[] into, int offset, int length) throws IOException {
        if (!packed.hasRemaining() && !refill()) {
            return -1;
        }
        int got = Math.min(length, packed.remaining());
        packed.get(into, offset, got);
        return got;
    }

    private int inflated(byte[] into, int offset, int length) throws IOException {
        try {
            while (true) {
                int got = inflater.inflate(into, offset, length);
                if (got > 0) {
                    return got;
                }
                if (inflater.finished()) {
                    boolean whole = inflater.getRemaining() == 0 && taken == entry.packed();
                    if (!whole) {
                        throw new IntakeFault(FindingCode.ARCHIVE_INCONSISTENT, file);
                    }
                    return -1;
                }
                if (inflater.needsDictionary() || !refill()) {
                    throw new IntakeFault(FindingCode.ARCHIVE_CHECKSUM, file);
                }
                inflater.setInput(packed.array(), 0, packed.limit());
            }
        } catch (DataFormatException e) {
            throw new IntakeFault(FindingCode.ARCHIVE_CHECKSUM, file);
        }
    }

    private boolean refill() throws IOException {
        long left = entry.packed() - taken;
        if (left == 0) {
            return false;
        }
        packed.clear().limit((int) Math.min(packed.capacity(), left));
        channel.position(entry.data() + taken);
        while (packed.hasRemaining()) {
            if (channel.read(packed) < 0) {
                throw new IntakeFault(FindingCode.SOURCE_CHANGED, file);
            }
        }
        packed.flip();
        taken += packed.limit();
        return true;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
