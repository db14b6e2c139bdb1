package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.rosterkeep.roster.Row;

/// One pass over a page, a chunk at a time: ids are made, rows are read in the permit's order, tombstones are put
/// between them.
final class Walk {
    private final Page page;
    private final Permit permit;
    private final Watch watch;
    private final Layout layout;
    private final Out out;
    private final OutputStream to;
    private final Line line;
    private final int[] ordinals;
    private int chunk;
    private int next;
    private int read;
    private int seen;
    private Form form;

    Walk(Page page, Permit permit, Watch watch, Layout layout, Out out, OutputStream to) {
        this.page = page;
        this.permit = permit;
        this.watch = watch;
        this.layout = layout;
        this.out = out;
        this.to = to;
        line = new Line(page.track());
        ordinals = page.ordinals();
        form = page.form();
    }

    /// The answer could not be handed over. A store that cannot be read throws something else.
    private static final class ReaderGone extends UncheckedIOException {
        private static final long serialVersionUID = 1L;

        ReaderGone(IOException cause) {
            super(cause);
        }
    }

    void all() throws IOException {
        try {
            for (chunk = 0; chunk < ordinals.length; chunk += Names.CHUNK) {
                chunk(Math.min(ordinals.length, chunk + Names.CHUNK));
            }
        } catch (ReaderGone gone) {
            throw gone.getCause();
        }
    }

    /// Hands over what is left in the buffer.
    static void drain(Out out, OutputStream to) throws IOException {
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
        name();
        if (row != null) {
            line.active(ordinal, row);
        }
        if (row == null || !layout.record(out, form, line)) {
            // Disposed of since the edition was made, or no longer fit to be shown: not a word more than its id.
            line.gone(ordinal, true);
            layout.gone(out, form, line);
        }
        end();
    }

    private void tombstonesUpTo(int place) {
        while (next < place) {
            name();
            int ordinal = ordinals[next];
            line.gone(ordinal, page.edition().live(page.entity()).contains(ordinal));
            layout.gone(out, form, line);
            end();
        }
    }

    private void name() {
        line.idLength = page.names().at(next - chunk, line.id);
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
