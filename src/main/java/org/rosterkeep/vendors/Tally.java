package org.rosterkeep.vendors;

import java.io.OutputStream;

/// Counts bytes and keeps none: what a HEAD answer says about its length.
final class Tally extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
        count++;
    }

    @Override
    public void write(byte[] from, int offset, int length) {
        count += length;
    }

    long count() {
        return count;
    }
}
