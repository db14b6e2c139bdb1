package org.rosterkeep.courier;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Target;

/// What every worker of the courier needs. The lists of root are read anew for each order: what is taken off
/// them is off
/// at once.
record Bag(
        Path manifest,
        Path operators,
        Confinement confinement,
        Ceilings ceilings,
        Carriers carriers,
        Journal journal,
        Clock clock) {
    /// The order's grant, after everything was looked at that can be before a connection is made.
    Grant grant(Order order) {
        if (confinement.state() == Hello.Confined.NO) {
            throw new Refused(Code.UNCONFINED, "The courier found that nothing keeps it in.");
        }
        Grant grant;
        try {
            grant = Grant.of(order.grant(), Anchors.read(operators), clock.instant());
        } catch (Anchors.AnchorsFault e) {
            throw new Refused(Code.GRANT_UNSIGNED, "The list of operators whose signatures count cannot be read.", e);
        }
        grant.cover(order);
        grant.targets().forEach(this::addresses);
        return grant;
    }

    List<InetSocketAddress> addresses(Target target) {
        return Manifest.read(manifest).addresses(target);
    }

    Carrier carrier(Order order) {
        return carriers.of(order.kind());
    }

    /// Nothing more than needed is loaded: a courier that is never asked to use SFTP never has it in memory.
    static final class Carriers implements AutoCloseable {
        private final Trust trust;
        private final Clock clock;
        private Optional<Https> https = Optional.empty();
        private Optional<Sftp> sftp = Optional.empty();

        Carriers(Trust trust, Clock clock) {
            this.trust = trust;
            this.clock = clock;
        }

        synchronized Carrier of(org.rosterkeep.courier.wire.Way way) {
            if (way == org.rosterkeep.courier.wire.Way.SMTP) {
                return new Mail(trust, clock);
            }
            if (way.sftp()) {
                Sftp made = sftp.orElseGet(Sftp::new);
                sftp = Optional.of(made);
                return made;
            }
            Https made = https.orElseGet(() -> new Https(trust, clock));
            https = Optional.of(made);
            return made;
        }

        @Override
        public synchronized void close() {
            https.ifPresent(Https::close);
            sftp.ifPresent(Sftp::close);
        }
    }
}
