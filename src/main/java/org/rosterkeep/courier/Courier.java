package org.rosterkeep.courier;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.courier.wire.WireFault;

/// The process: a few workers, and a look at its own confinement every hour, or sooner as long as it finds none.
public final class Courier implements AutoCloseable {
    private static final Duration LOOK_AGAIN = Duration.ofHours(1);
    private static final Duration LOOK_SOON = Duration.ofSeconds(5);
    private static final Duration BREATH = Duration.ofMillis(250);
    private static final Duration BREATH_MAX = Duration.ofSeconds(10);
    private static final Duration LAST = Duration.ofSeconds(3);

    private final Setting setting;
    private final Bag bag;
    private final Set<Worker> workers = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;

    /// Where everything is, and how it is run.
    ///
    /// @param socket that the keep listens at
    /// @param roots certificates of further authorities, PEM
    /// @param workers how many deliveries at a time
    /// @param trial whether nothing keeps it in, and nothing is meant to
    /// @param program its version
    public record Setting(
            Path socket,
            Path manifest,
            Path operators,
            Optional<Path> roots,
            int workers,
            boolean trial,
            String program) {}

    private Courier(Setting setting, Journal journal, Clock clock) {
        this.setting = setting;
        bag = new Bag(
                setting.manifest(),
                setting.operators(),
                new Confinement(setting.manifest(), setting.trial(), clock),
                new Ceilings(clock),
                new Bag.Carriers(Trust.with(setting.roots()), clock),
                journal,
                clock);
    }

    /// Looks at the confinement first, then begins to ask.
    public static Courier start(Setting setting, Journal journal, Clock clock) {
        Courier courier = new Courier(setting, journal, clock);
        journal.confinement(courier.bag.confinement().look());
        courier.threads.add(Thread.ofVirtual().name("courier-proof").start(courier::prove));
        for (int i = 0; i < setting.workers(); i++) {
            courier.threads.add(Thread.ofVirtual().name("courier-" + i).start(courier::work));
        }
        return courier;
    }

    /// Waits until it is closed.
    public void await() throws InterruptedException {
        for (Thread thread : List.copyOf(threads)) {
            thread.join();
        }
    }

    private void prove() {
        while (!closed) {
            Hello.Confined before = bag.confinement().state();
            if (!rest(before == Hello.Confined.NO ? LOOK_SOON : LOOK_AGAIN)) {
                return;
            }
            Confinement.Finding found = bag.confinement().look();
            if (found.state() != before) {
                bag.journal().confinement(found);
                // Each says hello anew; what is under way stops.
                workers.forEach(Worker::close);
            }
        }
    }

    private void work() {
        Duration breath = BREATH;
        while (!closed) {
            try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(setting.socket()));
                    Worker worker = new Worker(bag, channel)) {
                workers.add(worker);
                try {
                    breath = BREATH;
                    worker.run(bag.confinement().hello(setting.program()));
                } finally {
                    workers.remove(worker);
                }
            } catch (WireFault e) {
                if (e.code() != WireFault.Code.ENDED) {
                    bag.journal().line(e.code());
                }
            } catch (IOException e) {
                // The keep is not there yet, or was stopped; it will be back.
                breath = breath.multipliedBy(2).compareTo(BREATH_MAX) < 0 ? breath.multipliedBy(2) : BREATH_MAX;
            } catch (RuntimeException e) {
                // What is in the middle of something when all of it is closed fails in many ways.
                if (!closed) {
                    bag.journal().failure(e);
                }
            }
            if (!rest(breath)) {
                return;
            }
        }
    }

    private boolean rest(Duration breath) {
        try {
            Thread.sleep(breath);
            return !closed;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        workers.forEach(Worker::close);
        threads.forEach(Thread::interrupt);
        for (Thread thread : List.copyOf(threads)) {
            if (!ended(thread)) {
                break;
            }
        }
        bag.carriers().close();
    }

    /// Waits a moment for a worker to come out of what it is doing; what it holds is closed by now.
    private static boolean ended(Thread thread) {
        try {
            return thread.join(LAST);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
