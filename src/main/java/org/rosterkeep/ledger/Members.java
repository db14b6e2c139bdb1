package org.rosterkeep.ledger;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;

/// The members of a packed segment, one after the other. It knows only what [Packing] writes.
final class Members {
    private static final int HEADER = 10;
    private static final int TRAILER = 8;

    private final byte[] file;
    private int offset;
    private int end;

    Members(byte[] file) {
        this.file = file;
    }

    boolean more() {
        return end < file.length;
    }

    /// The next member's frames.
    byte[] next() throws IOException {
        offset = end;
        if (file.length - offset < HEADER + TRAILER
                || file[offset] != 0x1f
                || file[offset + 1] != (byte) 0x8b
                || file[offset + 2] != 8
                || file[offset + 3] != 0) {
            throw new IOException("no member begins here");
        }
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(file, offset + HEADER, file.length - offset - HEADER);
            byte[] frames = inflated(inflater);
            end = offset + HEADER + (int) inflater.getBytesRead() + TRAILER;
            if (end > file.length || !sound(frames)) {
                throw new IOException("a member is damaged");
            }
            return frames;
        } catch (DataFormatException e) {
            throw new IOException("a member is damaged", e);
        } finally {
            inflater.end();
        }
    }

    /// Where the last member began.
    int offset() {
        return offset;
    }

    /// How long it was.
    int length() {
        return end - offset;
    }

    /// The frames of one member that was read from its file.
    static InputStream open(byte[] member) throws IOException {
        return new BufferedInputStream(new GZIPInputStream(new ByteArrayInputStream(member), 8_192), 1 << 14);
    }

    private static byte[] inflated(Inflater inflater) throws DataFormatException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1 << 16);
        byte[] some = new byte[1 << 14];
        while (!inflater.finished()) {
            int count = inflater.inflate(some);
            if (count == 0 && !inflater.finished()) {
                throw new DataFormatException("cut off");
            }
            out.write(some, 0, count);
        }
        return out.toByteArray();
    }

    private boolean sound(byte[] frames) {
        CRC32 crc = new CRC32();
        crc.update(frames);
        ByteBuffer trailer = ByteBuffer.wrap(file, end - TRAILER, TRAILER).order(ByteOrder.LITTLE_ENDIAN);
        return trailer.getInt() == (int) crc.getValue() && trailer.getInt() == frames.length;
    }
}
