package org.rosterkeep.courier;

import java.time.Duration;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Result;

/// The courier's own record of what it did, a line each; there is nothing personal in it, and nothing secret.
public interface Journal {
    /// @param rule the hash of the signed text
    /// @param bytes how many of the payload left, or came
    record Line(String rule, String host, int port, long bytes, Result.Outcome outcome, Code code, Duration took) {}

    void delivery(Line line);

    /// An order was refused before anything left.
    void refused(Code code);

    /// What the courier found out about its confinement.
    void confinement(Confinement.Finding finding);

    /// The keep said something that was not understood, or is not there.
    void line(Enum<?> code);

    /// Something that should not happen; the delivery it happened to is tried again.
    void failure(RuntimeException failure);
}
