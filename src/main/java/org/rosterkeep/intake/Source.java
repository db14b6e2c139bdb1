package org.rosterkeep.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Supplier;

/// Where a delivery lies. Whatever it is, its content is only ever read, never unpacked to disk.
public sealed interface Source {
    /// A zip archive or a folder of CSV files, whichever the path is.
    static Source at(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? new Folder(path) : new Zip(path);
    }

    /// Opens the delivery and checks its outside.
    ///
    /// @throws IntakeFault when it is hostile or unreadable
    Delivery open(Limits limits);

    /// A zip archive on disk.
    record Zip(Path file) implements Source {
        @Override
        public Delivery open(Limits limits) {
            try {
                if (!Files.isRegularFile(file)) {
                    throw new IntakeFault(FindingCode.SOURCE_UNREADABLE, "");
                }
                return Archive.open(FileChannel.open(file, StandardOpenOption.READ), limits);
            } catch (IOException e) {
                throw new IntakeFault(FindingCode.SOURCE_UNREADABLE, "");
            }
        }
    }

    /// A folder of CSV files.
    record Folder(Path folder) implements Source {
        @Override
        public Delivery open(Limits limits) {
            return FolderDelivery.open(folder, limits);
        }
    }

    /// A zip archive that arrived over the wire and stays in memory.
    record Held(byte[] zip) implements Source {
        @Override
        public Delivery open(Limits limits) {
            return Archive.open(new HeldChannel(zip), limits);
        }
    }

    /// A zip archive that somebody else keeps, and only shows.
    ///
    /// @param zip opened once for each import
    record Shown(Supplier<SeekableByteChannel> zip) implements Source {
        @Override
        public Delivery open(Limits limits) {
            return Archive.open(zip.get(), limits);
        }
    }

    /// Files that are made of what came in another form, while they are read.
    record Made(Supplier<Delivery> delivery) implements Source {
        @Override
        public Delivery open(Limits limits) {
            return delivery.get();
        }
    }

    /// Bytes read like a file.
    final class HeldChannel implements SeekableByteChannel {
        private final byte[] bytes;
        private long position;
        private boolean open = true;

        HeldChannel(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(ByteBuffer into) {
            if (position >= bytes.length) {
                return -1;
            }
            int length = Math.min(into.remaining(), (int) (bytes.length - position));
            into.put(bytes, (int) position, length);
            position += length;
            return length;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException("a delivery is only read");
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long newPosition) {
            position = newPosition;
            return this;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException("a delivery is only read");
        }

        @Override
        public boolean isOpen() {
            return open;
        }

        @Override
        public void close() {
            open = false;
        }
    }
}
