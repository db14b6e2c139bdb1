package org.rosterkeep.keys;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A stream in sealed pieces of 64 KiB (AES-256-GCM): the nonce counts them, and the last one says that it is the last,
/// so that nothing can be changed, moved, left out or cut off. A key seals one stream.
final class SealedPieces {
    private static final int PIECE = 1 << 16;
    private static final int TAG = 16;
    private static final int LAST = 1 << 30;

    private SealedPieces() {}

    private static byte[] crypt(
            int mode, byte[] key, byte[] about, long number, boolean last, byte[] bytes, int length) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            byte[] nonce =
                    ByteBuffer.allocate(12).putInt(last ? 1 : 0).putLong(number).array();
            cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(8 * TAG, nonce));
            cipher.updateAAD(about);
            return cipher.doFinal(bytes, 0, length);
        } catch (AEADBadTagException e) {
            throw new KeyFault(KeyFault.Code.DAMAGED, damage(number), e);
        } catch (GeneralSecurityException e) {
            throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no AES-GCM", e);
        }
    }

    private static String damage(long number) {
        return "piece " + (number + 1) + " of the backup is not what was written";
    }

    static final class Out extends OutputStream {
        private final DataOutputStream out;
        private final byte[] key;
        private final byte[] about;
        private final byte[] piece = new byte[PIECE];
        private int filled;
        private long number;
        private boolean closed;

        Out(OutputStream out, byte[] key, byte[] about) {
            this.out = new DataOutputStream(out);
            this.key = key.clone();
            this.about = about;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int from = offset;
            int left = length;
            while (left > 0) {
                if (filled == PIECE) {
                    put(false);
                }
                int some = Math.min(left, PIECE - filled);
                System.arraycopy(bytes, from, piece, filled, some);
                filled += some;
                from += some;
                left -= some;
            }
        }

        private void put(boolean last) throws IOException {
            byte[] sealed = crypt(Cipher.ENCRYPT_MODE, key, about, number++, last, piece, filled);
            out.writeInt(last ? sealed.length | LAST : sealed.length);
            out.write(sealed);
            filled = 0;
        }

        @Override
        public void close() throws IOException {
            if (!closed) {
                closed = true;
                try {
                    put(true);
                    out.flush();
                } finally {
                    Arrays.fill(key, (byte) 0);
                    Arrays.fill(piece, (byte) 0);
                    out.close();
                }
            }
        }
    }

    static final class In extends InputStream {
        private final DataInputStream in;
        private final byte[] key;
        private final byte[] about;
        private byte[] piece = new byte[0];
        private int at;
        private long number;
        private boolean last;

        In(InputStream in, byte[] key, byte[] about) {
            this.in = new DataInputStream(in);
            this.key = key.clone();
            this.about = about;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            while (at == piece.length) {
                if (last) {
                    return -1;
                }
                next();
            }
            int some = Math.min(length, piece.length - at);
            System.arraycopy(piece, at, into, offset, some);
            at += some;
            return some;
        }

        private void next() throws IOException {
            try {
                int head = in.readInt();
                last = (head & LAST) != 0;
                int length = head & ~LAST;
                if (length < TAG || length > PIECE + TAG) {
                    throw damaged();
                }
                byte[] sealed = in.readNBytes(length);
                if (sealed.length < length) {
                    throw damaged();
                }
                piece = crypt(Cipher.DECRYPT_MODE, key, about, number++, last, sealed, length);
                at = 0;
                if (last && in.read() >= 0) {
                    throw damaged();
                }
            } catch (EOFException e) {
                throw new KeyFault(KeyFault.Code.DAMAGED, damage(number), e);
            }
        }

        private KeyFault damaged() {
            return new KeyFault(KeyFault.Code.DAMAGED, damage(number));
        }

        @Override
        public void close() throws IOException {
            Arrays.fill(key, (byte) 0);
            Arrays.fill(piece, (byte) 0);
            in.close();
        }
    }
}
