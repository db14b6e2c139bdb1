package org.rosterkeep.intake;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.zip.CRC32;

/// A folder of CSV files. Somebody may still be writing into it, so each later reading must give the bytes of
/// the first.
final class FolderDelivery implements Delivery {
    private final Map<String, Path> files;
    private final int strangers;
    private final Map<String, Long> seen = new HashMap<>();

    private FolderDelivery(Map<String, Path> files, int strangers) {
        this.files = files;
        this.strangers = strangers;
    }

    static FolderDelivery open(Path folder, Limits limits) {
        Map<String, Path> files = new TreeMap<>();
        int strangers = 0;
        long size = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (!Columns.isKnownFile(name)) {
                    strangers++;
                } else if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
                    throw new IntakeFault(FindingCode.ARCHIVE_LINK, name);
                } else {
                    files.put(name, entry);
                    size += Files.size(entry);
                }
                if (files.size() + strangers > limits.files()) {
                    throw new IntakeFault(FindingCode.ARCHIVE_TOO_MANY_FILES, "");
                }
            }
        } catch (IOException e) {
            throw new IntakeFault(FindingCode.SOURCE_UNREADABLE, "");
        }
        if (size > limits.unpackedBytes()) {
            throw new IntakeFault(FindingCode.ARCHIVE_UNPACKS_TOO_LARGE, "");
        }
        return new FolderDelivery(files, strangers);
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
        return false;
    }

    @Override
    public InputStream read(String file) {
        Path path = files.get(file);
        if (path == null) {
            throw new IntakeFault(FindingCode.FILE_MISSING, file);
        }
        try {
            return new Watched(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS), file);
        } catch (IOException e) {
            throw new IntakeFault(FindingCode.SOURCE_UNREADABLE, file);
        }
    }

    @Override
    public void close() {
        seen.clear();
    }

    /// Compares the checksum at the end with that of the first reading.
    private final class Watched extends FilterInputStream {
        private final String file;
        private final CRC32 sum = new CRC32();
        private long size;

        Watched(InputStream in, String file) {
            super(in);
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int got = in.read(into, offset, length);
            if (got > 0) {
                sum.update(into, offset, got);
                size += got;
            } else if (got < 0) {
                long now = sum.getValue() << 31 ^ size;
                Long before = seen.putIfAbsent(file, now);
                if (before != null && before != now) {
                    throw new IntakeFault(FindingCode.SOURCE_CHANGED, file);
                }
            }
            return got;
        }
    }
}
