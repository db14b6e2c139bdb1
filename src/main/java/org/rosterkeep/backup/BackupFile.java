package org.rosterkeep.backup;

import java.io.BufferedInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.rosterkeep.keys.BackupKey;

/// One backup: 4,096 bytes that `head` can show (a format line, the header as JSON, its signature), then a ZIP archive
/// in sealed pieces. It has its name only when it is whole and on the disk; until then it is a `.part`.
public record BackupFile(Path path, Header header) {
    public static final String ENDING = ".rkb";
    static final String PART = ".part";
    private static final String FORMAT = "rosterkeep-backup ";
    private static final int VERSION = 1;
    private static final int HEAD = 4096;

    /// Writes the files below `from` as a backup.
    ///
    /// @param draft its header, whose length and hash are not known yet
    public static BackupFile write(Path path, Header draft, Path from, BackupKey key, KeyPair signer) {
        Path part = path.resolveSibling(path.getFileName() + PART);
        try {
            Files.deleteIfExists(part);
            Files.createFile(part, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Header header;
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.position(HEAD);
                header = body(channel, draft, from, key);
                channel.write(ByteBuffer.wrap(head(header, signer)), 0);
                channel.force(true);
            }
            Files.move(part, path, StandardCopyOption.ATOMIC_MOVE);
            force(path);
            return new BackupFile(path, header);
        } catch (IOException e) {
            remove(part);
            throw Durable.fault("the backup cannot be written", e);
        }
    }

    private static void remove(Path part) {
        try {
            Files.deleteIfExists(part);
        } catch (IOException e) {
            // The next backup removes it.
        }
    }

    private static void force(Path file) throws IOException {
        Durable.force(Objects.requireNonNull(file.toAbsolutePath().getParent()));
    }

    private static Header body(FileChannel channel, Header draft, Path from, BackupKey key) throws IOException {
        Counted counted = new Counted(Channels.newOutputStream(channel));
        ZipOutputStream zip = new ZipOutputStream(key.seal(counted), StandardCharsets.UTF_8);
        // Blocks are sealed and do not shrink; documents and segments do a little.
        zip.setLevel(1);
        List<Path> files;
        try (var all = Files.walk(from)) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        for (Path file : files) {
            zip.putNextEntry(new ZipEntry(from.relativize(file).toString()));
            Files.copy(file, zip);
            zip.closeEntry();
        }
        zip.finish();
        zip.close();
        return draft.sealed(counted.length, HexFormat.of().formatHex(counted.digest.digest()));
    }

    private static byte[] head(Header header, KeyPair signer) {
        String json = header.json().toString();
        String signature = HexFormat.of()
                .formatHex(Signed.sign(signer, ("rosterkeep backup\n" + json).getBytes(StandardCharsets.UTF_8)));
        byte[] text =
                (FORMAT + VERSION + "\n" + json + "\nsigned " + signature + "\n").getBytes(StandardCharsets.UTF_8);
        if (text.length >= HEAD) {
            throw new BackupFault(BackupFault.Code.UNAVAILABLE, "the backup's header is too long");
        }
        byte[] head = Arrays.copyOf(text, HEAD);
        Arrays.fill(head, text.length, HEAD - 1, (byte) ' ');
        head[HEAD - 1] = '\n';
        return head;
    }

    /// Reads the header and proves its signature; the sealed part is not looked at.
    ///
    /// @throws BackupFault `NOT_A_BACKUP`, `NEWER_VERSION`, `BACKUP_DAMAGED`
    public static BackupFile read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            String text = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
            List<String> lines = text.lines().toList();
            if (!text.startsWith(FORMAT) || lines.size() < 3) {
                throw new BackupFault(BackupFault.Code.NOT_A_BACKUP, "this file is no backup");
            }
            if (!lines.getFirst().equals(FORMAT + VERSION)) {
                throw new BackupFault(
                        BackupFault.Code.NEWER_VERSION, "a newer version of the program made this backup");
            }
            Header header = Header.read(lines.get(1));
            byte[] signed = ("rosterkeep backup\n" + lines.get(1)).getBytes(StandardCharsets.UTF_8);
            if (!lines.get(2).startsWith("signed ")
                    || !Signed.verifies(header.publicKey(), signed, lines.get(2).substring("signed ".length()))) {
                throw damaged("its header was changed");
            }
            return new BackupFile(path, header);
        } catch (IOException e) {
            throw Durable.fault("the backup cannot be read", e);
        }
    }

    /// Whether every byte is as it was signed; takes no key.
    ///
    /// @throws BackupFault `BACKUP_DAMAGED`
    public void whole() {
        try (InputStream in = body()) {
            MessageDigest digest = Signed.sha256();
            byte[] buffer = new byte[1 << 16];
            long length = 0;
            for (int some = in.read(buffer); some >= 0; some = in.read(buffer)) {
                digest.update(buffer, 0, some);
                length += some;
            }
            if (length != header.bytes()
                    || !HexFormat.of().formatHex(digest.digest()).equals(header.sha256())) {
                throw damaged(
                        length < header.bytes()
                                ? "it ends after " + length + " of " + header.bytes() + " bytes"
                                : "its bytes are not those that were signed");
            }
        } catch (IOException e) {
            throw Durable.fault("the backup cannot be read", e);
        }
    }

    /// Unpacks it into a directory that is there and empty.
    public void unpack(BackupKey key, Path into) {
        try (ZipInputStream zip = new ZipInputStream(key.open(body()), StandardCharsets.UTF_8)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = into.resolve(entry.getName()).normalize();
                if (!file.startsWith(into) || entry.isDirectory()) {
                    throw damaged("it holds a file that has no place");
                }
                Path parent = Objects.requireNonNull(file.getParent());
                Files.createDirectories(
                        parent, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                try (OutputStream out = Files.newOutputStream(file)) {
                    zip.transferTo(out);
                }
                Durable.force(file);
            }
            // To the very end: only the last piece says that nothing is missing.
            zip.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw Durable.fault("the backup cannot be unpacked", e);
        }
    }

    private InputStream body() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(path), 1 << 16);
        in.skipNBytes(HEAD);
        return in;
    }

    private static BackupFault damaged(String why) {
        return new BackupFault(BackupFault.Code.BACKUP_DAMAGED, "the backup is damaged: " + why);
    }

    /// Counts and hashes what goes through.
    private static final class Counted extends FilterOutputStream {
        private final MessageDigest digest = Signed.sha256();
        private long length;

        Counted(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int count) throws IOException {
            out.write(bytes, offset, count);
            digest.update(bytes, offset, count);
            length += count;
        }

        /// The channel stays open: the header is written yet.
        @Override
        public void close() throws IOException {
            out.flush();
        }
    }
}
