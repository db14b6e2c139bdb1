package org.rosterkeep.disclosure;

import java.io.OutputStream;

/// A permit, a receipt and the rows between them.
record Cleared(Permit permit, Receipt receipt) implements Disclosure {
    @Override
    public long reference() {
        return receipt.numbers().reference();
    }

    @Override
    public long total() {
        return permit.size();
    }

    @Override
    public long count() {
        return permit.size();
    }

    @Override
    public String etag() {
        return "\"\"";
    }

    @Override
    public boolean notModified() {
        return false;
    }

    @Override
    public void writeTo(OutputStream out) {
        throw new IllegalStateException("no form yet");
    }
}
