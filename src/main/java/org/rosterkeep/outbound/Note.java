package org.rosterkeep.outbound;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;

/// Something small and whole for the courier that tells nothing of anybody, and so does not come out of the door.
///
/// @param wanted whether it may still go
/// @param ended hears how it ended
public record Note(Order order, byte[] payload, BooleanSupplier wanted, Consumer<Told> ended) {
    /// How it ended.
    ///
    /// @param code a word of a closed list
    public record Told(Result.Outcome outcome, String code) {}

    @Override
    public String toString() {
        return "note " + order.delivery();
    }
}
