package org.rosterkeep.vendors;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.Channel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/// Counts connections by address and ends those that keep us waiting. Helidon 4.5 has no deadline for anything a client
/// does slowly (security.md section 6), and a read timeout does not help, since each byte starts it anew.
final class Porter implements AutoCloseable {
    private final Limits limits;
    private final LongSupplier clock;
    private final Map<SocketAddress, Visit> visits = new ConcurrentHashMap<>();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final Thread rounds;
    private volatile boolean closed;

    /// @param clock monotonic nanoseconds
    /// @param period nanoseconds between two rounds; a deadline is kept that exactly
    Porter(Limits limits, LongSupplier clock, long period) {
        this.limits = limits;
        this.clock = clock;
        this.rounds = Thread.ofVirtual().name("porter").unstarted(() -> walk(period));
    }

    void start() {
        rounds.start();
    }

    /// Lets a connection in, or not when its address has enough of them.
    boolean admit(InetSocketAddress from, Channel socket) {
        if (!counted(from.getAddress())) {
            round();
            if (!counted(from.getAddress())) {
                return false;
            }
        }
        Visit before = visits.put(from, new Visit(socket, from.getAddress(), limits, clock.getAsLong()));
        if (before != null) {
            leave(before.address());
        }
        LockSupport.unpark(rounds);
        return true;
    }

    Optional<Visit> visit(SocketAddress from) {
        return Optional.ofNullable(visits.get(from));
    }

    /// A connection's thread is done with it. Closes the socket: the server, told to use plain sockets, closes
    /// TLS only.
    void goodbye(SocketAddress from, Visit visit) {
        if (visits.remove(from, visit)) {
            leave(visit.address());
        }
        visit.end();
    }

    int present() {
        return visits.size();
    }

    long now() {
        return clock.getAsLong();
    }

    private boolean counted(InetAddress address) {
        if (perAddress.merge(address, 1, Integer::sum) <= limits.perAddress()) {
            return true;
        }
        leave(address);
        return false;
    }

    /// Ends every overdue connection, and forgets those that ended without a word.
    void round() {
        long now = clock.getAsLong();
        visits.forEach((from, visit) -> {
            if (visit.over() || visit.overdue(now)) {
                goodbye(from, visit);
            }
        });
    }

    private void leave(InetAddress address) {
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
    }

    private void walk(long period) {
        while (!closed) {
            if (visits.isEmpty()) {
                LockSupport.park(this);
            } else {
                LockSupport.parkNanos(this, period);
            }
            round();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(rounds);
    }
}
