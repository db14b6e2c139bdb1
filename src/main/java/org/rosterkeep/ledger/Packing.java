package org.rosterkeep.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/// Compresses closed segments. A segment becomes one gzip file of many members, one behind the other, each of whole
/// frames: to every reader it is the same file as before, and who knows where a member begins can read it alone.
final class Packing {
    /// Frames of one member, uncompressed: small, because a question often wants one record of it.
    private static final int MEMBER = 32 << 10;

    private Packing() {}

    /// The new file is whole and on the disk before the old one goes.
    static void pack(Path directory, int number) throws IOException {
        Path plain = Segment.plain(directory, number);
        Path fresh = directory.resolve(Segment.packed(directory, number).getFileName() + ".new");
        List<Long> cuts = cuts(plain);
        try (InputStream in = Files.newInputStream(plain);
                FileChannel channel = FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            OutputStream out = Channels.newOutputStream(channel);
            long at = 0;
            for (long cut : cuts) {
                byte[] frames = in.readNBytes((int) (cut - at));
                member(frames, out);
                at = cut;
            }
            byte[] rest = in.readAllBytes();
            if (rest.length > 0) {
                member(rest, out);
            }
            channel.force(true);
        }
        Files.move(
                fresh,
                Segment.packed(directory, number),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        Disk.syncDirectory(directory);
        Files.delete(plain);
    }

    /// Where members end; what is no frame any more goes into the last one as it is.
    private static List<Long> cuts(Path plain) throws IOException {
        List<Long> cuts = new ArrayList<>();
        try (FrameReader frames = new FrameReader(new BufferedInputStream(Files.newInputStream(plain), 1 << 16))) {
            long at = 0;
            while (frames.next() == FrameReader.Step.FRAME) {
                if (frames.end() - at >= MEMBER) {
                    at = frames.end();
                    cuts.add(at);
                }
            }
        }
        return cuts;
    }

    private static void member(byte[] frames, OutputStream out) throws IOException {
        try (GZIPOutputStream zip = new GZIPOutputStream(new Open(out), 8_192)) {
            zip.write(frames);
        }
    }

    /// A stream that the end of a member does not end.
    private static final class Open extends java.io.FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
