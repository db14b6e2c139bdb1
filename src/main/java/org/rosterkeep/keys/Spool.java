package org.rosterkeep.keys;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// What is gathered for a moment and is too much for memory. It rests sealed under a key that was made for it and is
/// nowhere else, in a file that has no name any more once it is open: whatever ends the program leaves nothing that
/// could be found, and nothing that could be read.
///
/// Written by one thread, then read by one.
public final class Spool implements AutoCloseable {
    private static final int TAG_BITS = 128;
    private static final int NONCE = 12;
    private static final int KEY = 32;

    private final FileChannel file;
    private final SecretKeySpec key;
    private long[] at = new long[64];
    private long[] plain = new long[64];
    private int pieces;

    private Spool(FileChannel file, SecretKeySpec key) {
        this.file = file;
        this.key = key;
    }

    /// @param directory where the file is made; nobody but this user may look into it
    public static Spool open(Path directory, SecureRandom random) {
        byte[] secret = new byte[KEY];
        random.nextBytes(secret);
        byte[] name = new byte[8];
        random.nextBytes(name);
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            Path path = directory.resolve("spool-" + java.util.HexFormat.of().formatHex(name));
            // On Linux the name is gone as soon as the file is open.
            FileChannel file = FileChannel.open(
                    path,
                    Set.of(
                            StandardOpenOption.CREATE_NEW,
                            StandardOpenOption.READ,
                            StandardOpenOption.WRITE,
                            StandardOpenOption.DELETE_ON_CLOSE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return new Spool(file, new SecretKeySpec(secret, "AES"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// Adds a piece; returns its number, from 0.
    public int add(byte[] piece) {
        if (pieces + 1 == at.length) {
            at = Arrays.copyOf(at, at.length * 2);
            plain = Arrays.copyOf(plain, plain.length * 2);
        }
        ByteBuffer sealed = ByteBuffer.wrap(crypt(Cipher.ENCRYPT_MODE, pieces, piece));
        long where = at[pieces];
        try {
            while (sealed.hasRemaining()) {
                where += file.write(sealed, where);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        at[pieces + 1] = where;
        plain[pieces + 1] = plain[pieces] + piece.length;
        return pieces++;
    }

    /// The piece of this number, as it was added.
    public byte[] piece(int number) {
        ByteBuffer sealed = ByteBuffer.allocate((int) (at[number + 1] - at[number]));
        try {
            while (sealed.hasRemaining()) {
                if (file.read(sealed, at[number] + sealed.position()) < 0) {
                    throw new IOException("it is shorter than it was");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return crypt(Cipher.DECRYPT_MODE, number, sealed.array());
    }

    /// How many bytes were added.
    public long length() {
        return plain[pieces];
    }

    private byte[] crypt(int mode, int number, byte[] bytes) {
        byte[] nonce = new byte[NONCE];
        ByteBuffer.wrap(nonce).putInt(NONCE - Integer.BYTES, number);
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "what was gathered cannot be sealed or read again", e);
        }
    }

    /// All pieces one after the other, to be read anywhere. Closing it closes nothing else.
    public SeekableByteChannel whole() {
        return new Whole();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private final class Whole implements SeekableByteChannel {
        private long position;
        private int held = -1;
        private byte[] bytes = {};
        private boolean open = true;

        @Override
        public int read(ByteBuffer into) {
            if (position >= length()) {
                return -1;
            }
            int found = Arrays.binarySearch(plain, 0, pieces + 1, position);
            int number = found >= 0 ? found : -found - 2;
            // Empty pieces begin where the next one does.
            while (plain[number + 1] <= position) {
                number++;
            }
            if (number != held) {
                bytes = piece(number);
                held = number;
            }
            int from = (int) (position - plain[number]);
            int count = Math.min(into.remaining(), bytes.length - from);
            into.put(bytes, from, count);
            position += count;
            return count;
        }

        @Override
        public int write(ByteBuffer from) {
            throw new UnsupportedOperationException("what was gathered is only read");
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public SeekableByteChannel position(long next) {
            position = next;
            return this;
        }

        @Override
        public long size() {
            return length();
        }

        @Override
        public SeekableByteChannel truncate(long size) {
            throw new UnsupportedOperationException("what was gathered is only read");
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
