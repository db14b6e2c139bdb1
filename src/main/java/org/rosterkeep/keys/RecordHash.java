package org.rosterkeep.keys;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The keyed hash that gives a record its lasting key at first sight: SipHash-2-4 with 128 bits of output (Aumasson and
/// Bernstein, 2012), a keyed pseudo-random function made for short inputs. An import hashes three ids per
/// enrolment; with
/// HMAC-SHA-256 that alone would cost a third of the whole import.
///
/// The result never leaves the house: outward ids are AES of it, under another key.
public final class RecordHash {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final long k0;
    private final long k1;

    /// 128 bits.
    public record Value(long high, long low) {
        /// The 16 bytes, big-endian.
        public byte[] bytes() {
            return ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        }
    }

    /// @param key 16 bytes
    public RecordHash(byte[] key) {
        k0 = little(key, 0);
        k1 = little(key, 8);
    }

    /// The key of the record with this id among records of one kind.
    ///
    /// @param kind a number that never changes for one kind of record, 0 to 255
    public Value of(int kind, byte[] id) {
        long v0 = k0 ^ 0x736f6d6570736575L;
        long v1 = k1 ^ 0x646f72616e646f6dL ^ 0xee;
        long v2 = k0 ^ 0x6c7967656e657261L;
        long v3 = k1 ^ 0x7465646279746573L;
        // The message is the kind's byte and then the id, so word i starts at id[8 * i - 1].
        int length = id.length + 1;
        int words = length >>> 3;
        for (int word = 0; word <= words; word++) {
            long m = word < words ? word(kind, id, word) : tail(kind, id, word, length);
            v3 ^= m;
            for (int round = 0; round < 2; round++) {
                v0 += v1;
                v2 += v3;
                v1 = Long.rotateLeft(v1, 13) ^ v0;
                v3 = Long.rotateLeft(v3, 16) ^ v2;
                v0 = Long.rotateLeft(v0, 32);
                v2 += v1;
                v0 += v3;
                v1 = Long.rotateLeft(v1, 17) ^ v2;
                v3 = Long.rotateLeft(v3, 21) ^ v0;
                v2 = Long.rotateLeft(v2, 32);
            }
            v0 ^= m;
        }
        return finish(v0, v1, v2, v3);
    }

    private static Value finish(long a, long b, long c, long d) {
        long v0 = a;
        long v1 = b;
        long v2 = c ^ 0xee;
        long v3 = d;
        long first = 0;
        for (int round = 0; round < 8; round++) {
            if (round == 4) {
                first = v0 ^ v1 ^ v2 ^ v3;
                v1 ^= 0xdd;
            }
            v0 += v1;
            v2 += v3;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v1;
            v0 += v3;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 = Long.rotateLeft(v2, 32);
        }
        return new Value(Long.reverseBytes(first), Long.reverseBytes(v0 ^ v1 ^ v2 ^ v3));
    }

    private static long word(int kind, byte[] id, int word) {
        if (word > 0) {
            return little(id, 8 * word - 1);
        }
        long m = kind & 0xff;
        for (int i = 0; i < 7; i++) {
            m |= (id[i] & 0xffL) << (8 * i + 8);
        }
        return m;
    }

    private static long tail(int kind, byte[] id, int word, int length) {
        long m = (long) length << 56;
        for (int i = 8 * word; i < length; i++) {
            int b = i == 0 ? kind : id[i - 1];
            m |= (b & 0xffL) << (8 * (i & 7));
        }
        return m;
    }

    private static long little(byte[] bytes, int offset) {
        return (long) LONGS.get(bytes, offset);
    }
}
