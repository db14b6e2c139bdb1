package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;

/// Records that may leave and are already accounted for. It cannot be looked into: it writes itself, once.
public sealed interface Disclosure permits Cleared {
    /// The number the client is told: how many-eth answer to this client this is.
    long reference();

    /// Matching records, whatever the page (`X-Total-Count`); 1 for a single record.
    long total();

    /// Records in this answer.
    long count();

    /// How many of these are tombstones, as far as was known when it was recorded.
    long gone();

    /// A strong validator in quotes; equal exactly when the answer's bytes are.
    String etag();

    /// True when the client has this very answer already: nothing is to be written, 304 is the status.
    boolean notModified();

    /// Writes the whole JSON body as UTF-8, in constant memory.
    void writeTo(OutputStream out) throws IOException;
}
