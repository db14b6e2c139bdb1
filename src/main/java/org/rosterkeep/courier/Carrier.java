package org.rosterkeep.courier;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Target;

/// One kind of road.
interface Carrier {
    /// Makes the connection, and has the other side prove who it is.
    ///
    /// @throws Refused when there is none, or it is somebody else
    Attempt open(Order order, Where where, Handle handle);

    /// The addresses of a target, by the manifest.
    @FunctionalInterface
    interface Where {
        List<InetSocketAddress> of(Target target);
    }

    /// A connection that stands, for one delivery.
    interface Attempt extends Closeable {
        /// Hands over what the pump gives, as whole only after the pump has come to its end.
        Ending push(Pump pump) throws IOException;

        /// Takes what the other side has.
        Ending fetch(Sink sink) throws IOException;

        @Override
        void close();
    }

    /// Where a payload comes from.
    @FunctionalInterface
    interface Pump {
        /// Writes all of it; comes back only when it is whole and nothing was wrong with it.
        void to(OutputStream out) throws IOException;
    }

    /// Where an answer goes.
    interface Sink {
        void take(byte[] bytes, int from, int length);

        /// That was all of it.
        void end();
    }

    /// How it ended.
    record Ending(
            Result.Outcome outcome,
            Code code,
            Optional<Integer> status,
            Optional<Integer> retryAfter,
            Optional<String> pin,
            Map<String, String> headers) {
        static Ending of(Result.Outcome outcome, Code code) {
            return new Ending(outcome, code, Optional.empty(), Optional.empty(), Optional.empty(), Map.of());
        }

        Ending with(String shown) {
            return new Ending(outcome, code, status, retryAfter, Optional.of(shown), headers);
        }

        Ending told(Map<String, String> some) {
            return new Ending(outcome, code, status, retryAfter, pin, some);
        }

        Result of(Order order) {
            return new Result(order.delivery(), outcome, status, retryAfter, code, pin, headers);
        }
    }
}
