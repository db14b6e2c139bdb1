package org.rosterkeep.vendors;

import java.io.IOException;
import java.io.OutputStream;

/// Puts a member of its own behind the members of the one JSON object that is written through it: 1.1 wants warnings
/// beside the data. The object's last brace is held back until the end.
final class Remark extends OutputStream {
    private final OutputStream out;
    private int held = -1;

    Remark(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int count) throws IOException {
        if (count == 0) {
            return;
        }
        if (held >= 0) {
            out.write(held);
        }
        out.write(from, offset, count - 1);
        held = from[offset + count - 1] & 0xff;
    }

    /// Writes the members, without braces, and the brace that was held back.
    void end(byte[] members) throws IOException {
        if (held != '}') {
            throw new IllegalStateException("an answer is one JSON object");
        }
        out.write(',');
        out.write(members);
        out.write('}');
    }
}
