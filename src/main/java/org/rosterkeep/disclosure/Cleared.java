package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.rosterkeep.roster.Row;

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
            new Writing(out, to).all();
        } catch (ReaderGone gone) {
            throw gone.getCause();
        } finally {
            pool.give(out);
        }
    }

    /// The answer could not be handed over. A store that cannot be read throws something else.
    private static final class ReaderGone extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        ReaderGone(IOException cause) {
            super(cause);
        }
    }

    @Override
    public String toString() {
        return "disclosure " + reference();
    }

    /// One pass over the page, a chunk at a time: ids are made, rows are read in the permit's order, tombstones are put
    /// between them.
    private final class Writing {
        private final Out out;
        private final OutputStream to;
        private final Line line = new Line(page.track());
        private final int[] ordinals = page.ordinals();
        private int chunk;
        private int next;
        private int read;
        private Form form = page.form();

        Writing(Out out, OutputStream to) {
            this.out = out;
            this.to = to;
        }

        void all() throws IOException {
            String name = page.single() ? page.entity().one() : page.entity().many();
            out.put(Out.utf8("{\"" + name + "\":"));
            if (!page.single()) {
                out.put('[');
            }
            for (chunk = 0; chunk < ordinals.length; chunk += Names.CHUNK) {
                chunk(Math.min(ordinals.length, chunk + Names.CHUNK));
            }
            if (!page.single()) {
                out.put(']');
            }
            out.put(page.trailer());
            out.put('}');
            try {
                out.drain(to);
            } catch (UncheckedIOException gone) {
                throw new IOException(gone);
            }
        }

        private void chunk(int end) {
            int from = read;
            while (read < permit.size() && isBefore(permit.ordinal(read), end)) {
                read++;
            }
            if (read > from) {
                Watch.Now now = watch.now();
                form = now.form();
                page.names().prepare(page.entity(), ordinals, chunk, end - chunk);
                Permit stretch = permit.stretch(from, read);
                // Whoever was withheld since the permit was made is not read, and is written like one who left.
                Permit left = now.edition() == page.edition()
                        ? stretch
                        : stretch.only(now.edition().given(page.entity()));
                now.records().read(left, (position, ordinal, row) -> row(left, position, ordinal, row));
            } else {
                page.names().prepare(page.entity(), ordinals, chunk, end - chunk);
            }
            tombstonesUpTo(end);
        }

        private int seen;

        /// Moves through the chunk's records in step with the permit's.
        private boolean isBefore(int ordinal, int end) {
            int at = Math.max(seen, chunk);
            while (at < end && ordinals[at] != ordinal) {
                at++;
            }
            seen = at < end ? at + 1 : at;
            return at < end;
        }

        private void row(Permit stretch, int position, int ordinal, @Nullable Row row) {
            if (ordinal != stretch.ordinal(position)) {
                throw new DisclosureFault(DisclosureFault.Code.RECORD_BEYOND_PERMIT);
            }
            if (row != null && (row.mask() & ~stretch.fields()) != 0) {
                throw new DisclosureFault(DisclosureFault.Code.FIELD_BEYOND_PERMIT);
            }
            int place = next;
            while (ordinals[place] != ordinal) {
                place++;
            }
            tombstonesUpTo(place);
            begin();
            if (row != null) {
                line.active(ordinal, row);
            }
            if (row == null || !form.write(out, line)) {
                // Disposed of since the edition was made, or no longer fit to be shown: not a word more than its id.
                line.gone(ordinal, true);
                form.writeTombstone(out, line);
            }
            end();
        }

        private void tombstonesUpTo(int place) {
            while (next < place) {
                begin();
                int ordinal = ordinals[next];
                line.gone(ordinal, page.edition().live(page.entity()).contains(ordinal));
                form.writeTombstone(out, line);
                end();
            }
        }

        private void begin() {
            line.idLength = page.names().at(next - chunk, line.id);
            if (next > 0) {
                out.put(',');
            }
        }

        private void end() {
            next++;
            try {
                out.drainSome(to);
            } catch (IOException gone) {
                throw new ReaderGone(gone);
            } catch (UncheckedIOException gone) {
                throw new ReaderGone(new IOException(gone));
            }
        }
    }
}
