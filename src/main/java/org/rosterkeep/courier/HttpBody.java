package org.rosterkeep.courier;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// The body of an answer, of a length or in chunks. One that breaks off in the middle is an error, not an end.
final class HttpBody extends InputStream {
    private static final int LINE_MAX = 256;

    private final InputStream in;
    private final boolean chunked;
    private long left;
    private boolean begun;
    private boolean ended;

    HttpBody(InputStream in, boolean chunked, long length) {
        this.in = in;
        this.chunked = chunked;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (chunked && left == 0 && !ended) {
            chunk();
        }
        if (left == 0) {
            return -1;
        }
        int n = in.read(bytes, from, (int) Math.min(length, left));
        if (n < 0) {
            throw new EOFException();
        }
        left -= n;
        return n;
    }

    private void chunk() throws IOException {
        int[] room = {LINE_MAX};
        if (begun && !HttpAnswer.line(in, room).isEmpty()) {
            throw new HttpAnswer.Malformed();
        }
        begun = true;
        String size = HttpAnswer.line(in, room).split(";", 2)[0].strip();
        if (!size.matches("[0-9a-fA-F]{1,12}")) {
            throw new HttpAnswer.Malformed();
        }
        left = Long.parseLong(size, 16);
        if (left == 0) {
            ended = true;
            int[] trailer = {1 << 13};
            while (!HttpAnswer.line(in, trailer).isEmpty()) {
                // What a trailer says is nobody's business here.
                continue;
            }
        }
    }
}
