package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class BodyTest {
    private final Trays trays = new Trays(2);
    private final ByteArrayOutputStream client = new ByteArrayOutputStream();

    private static void write(OutputStream out, byte[] bytes, Random random) throws IOException {
        int at = 0;
        while (at < bytes.length) {
            int count = Math.min(bytes.length - at, 1 + random.nextInt(100_000));
            if (count == 1) {
                out.write(bytes[at]);
            } else {
                out.write(bytes, at, count);
            }
            at += count;
        }
    }

    @Test
    @DisplayName("keeps up to the bound and lets everything flow above it, byte for byte")
    void bytes() throws IOException {
        Random random = new Random(7);
        for (int size : new int[] {0, 1, 20_000, Body.WHOLE_MAX - 1, Body.WHOLE_MAX, Body.WHOLE_MAX + 1, 3 << 20}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            client.reset();
            Body body = new Body(trays, () -> client);
            write(body, bytes, random);
            assertEquals(size > Body.WHOLE_MAX, body.overflowed());
            if (body.overflowed()) {
                body.close();
                assertArrayEquals(bytes, client.toByteArray());
                assertEquals(0, body.length());
            } else {
                assertEquals(0, client.size());
                assertArrayEquals(bytes, Arrays.copyOf(body.bytes(), body.length()));
            }
        }
    }

    @Test
    @DisplayName("does not hold on to what has flowed on")
    void memory() throws IOException {
        Body body = new Body(trays, OutputStream::nullOutputStream);
        for (int i = 0; i < 100; i++) {
            body.write(new byte[100_000], 0, 100_000);
        }
        assertEquals(0, body.bytes().length);
        assertEquals(1, trays.waiting());
    }

    @Test
    @DisplayName("a tray is lent to one answer at a time, and given back once")
    void lending() throws IOException {
        Body first = new Body(trays, () -> client);
        Body second = new Body(trays, () -> client);
        first.write(new byte[20_000], 0, 20_000);
        second.write(new byte[20_000], 0, 20_000);
        assertFalse(first.bytes() == second.bytes());
        first.release();
        first.release();
        second.release();
        assertEquals(2, trays.waiting());
        assertFalse(trays.take() == trays.take());
    }
}
