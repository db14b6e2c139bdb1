package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.atomic.AtomicBoolean;

/// A permit, a receipt and the rows between them: what may leave, and is already accounted for. Refuses a row
/// the permit
/// does not name, and a field it does not give.
record Cleared(
        Permit permit,
        Receipt receipt,
        Page page,
        long total,
        String etag,
        boolean notModified,
        Watch watch,
        OutPool pool,
        AtomicBoolean written)
        implements Disclosure {
    Cleared {
        if (!permit.release()) {
            throw new DisclosureFault(DisclosureFault.Code.GLANCE_RELEASED);
        }
    }

    @Override
    public long reference() {
        return receipt.numbers().reference();
    }

    @Override
    public long count() {
        return page.ordinals().length;
    }

    @Override
    public long gone() {
        return count() - permit.size();
    }

    @Override
    public void writeTo(OutputStream to) throws IOException {
        if (notModified || written.getAndSet(true)) {
            throw new DisclosureFault(DisclosureFault.Code.WRITTEN_TWICE);
        }
        Out out = pool.take();
        try {
            String name = page.single() ? page.entity().one() : page.entity().many();
            out.put(Out.utf8("{\"" + name + "\":"));
            if (!page.single()) {
                out.put('[');
            }
            new Walk(page, permit, watch, new Layout.Elements(), out, to).all();
            if (!page.single()) {
                out.put(']');
            }
            out.put(page.trailer());
            out.put('}');
            Walk.drain(out, to);
        } finally {
            pool.give(out);
        }
    }

    @Override
    public String toString() {
        return "disclosure " + reference();
    }
}
