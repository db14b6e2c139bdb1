package org.rosterkeep.outbound;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.rosterkeep.courier.wire.Frame;
import org.rosterkeep.courier.wire.Hello;
import org.rosterkeep.courier.wire.Line;
import org.rosterkeep.courier.wire.WireFault;

/// The local socket at which the courier asks for errands. The keep listens, because it can do nothing else;
/// who may come
/// is said by the directory the socket is in.
public final class Hatch implements AutoCloseable {
    private static final int LINES_MAX = 16;
    private static final Duration ASK = Duration.ofMillis(500);

    private final Path path;
    private final ServerSocketChannel server;
    private final Supplier<List<Outbox>> outboxes;
    private final Supplier<List<Desk>> desks;
    private final Supplier<List<Fetches>> fetches;
    private final Consumer<Said> told;
    private final Semaphore room = new Semaphore(LINES_MAX);
    private final Set<Line> open = ConcurrentHashMap.newKeySet();
    private final Set<Line> ready = ConcurrentHashMap.newKeySet();
    private volatile Optional<Hello> courier = Optional.empty();
    private volatile int turn;

    /// What an operator should know of the courier.
    public sealed interface Said {
        /// It says it is not confined, and gets nothing.
        record Unconfined(List<String> findings) implements Said {}

        /// It speaks another version, or something that cannot be understood.
        record NotUnderstood(String code) implements Said {}

        /// Something of ours failed.
        record Failed(Throwable fault) implements Said {}
    }

    private Hatch(
            Path path,
            ServerSocketChannel server,
            Supplier<List<Outbox>> outboxes,
            Supplier<List<Desk>> desks,
            Supplier<List<Fetches>> fetches,
            Consumer<Said> told) {
        this.path = path;
        this.server = server;
        this.outboxes = outboxes;
        this.desks = desks;
        this.fetches = fetches;
        this.told = told;
    }

    /// @param shared whether the socket is for another user of the operating system, in a directory that is closed to
    ///     everybody else
    public static Hatch open(Path path, boolean shared, Supplier<List<Outbox>> outboxes, Consumer<Said> told)
            throws IOException {
        return open(path, shared, outboxes, List::of, List::of, told);
    }

    /// The same, where others have something as well.
    ///
    /// @param desks who has something beside what rules push
    /// @param fetches where something is fetched
    public static Hatch open(
            Path path,
            boolean shared,
            Supplier<List<Outbox>> outboxes,
            Supplier<List<Desk>> desks,
            Supplier<List<Fetches>> fetches,
            Consumer<Said> told)
            throws IOException {
        Files.deleteIfExists(path);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(path));
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(shared ? "rw-rw----" : "rw-------"));
        Hatch hatch = new Hatch(path, server, outboxes, desks, fetches, told);
        Thread.ofPlatform().name("hatch").daemon().start(hatch::accept);
        return hatch;
    }

    /// The courier that was here last, and whether one is here now.
    public Optional<Hello> courier() {
        return courier;
    }

    /// How many lines a courier holds open.
    public int lines() {
        return ready.size();
    }

    private void accept() {
        while (server.isOpen()) {
            try {
                SocketChannel channel = server.accept();
                if (room.tryAcquire()) {
                    Thread.ofPlatform().name("hatch-line").daemon().start(() -> serve(channel));
                } else {
                    channel.close();
                }
            } catch (IOException e) {
                if (server.isOpen()) {
                    told.accept(new Said.Failed(e));
                }
            }
        }
    }

    private void serve(SocketChannel channel) {
        Line line = new Line(channel);
        open.add(line);
        try (line) {
            Hello hello = Hello.read(line.next());
            courier = Optional.of(hello);
            if (hello.confined() == Hello.Confined.NO) {
                told.accept(new Said.Unconfined(hello.findings()));
                return;
            }
            ready.add(line);
            work(line, new Ear(line));
        } catch (WireFault fault) {
            if (fault.code() != WireFault.Code.ENDED) {
                told.accept(new Said.NotUnderstood(fault.code().name()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            told.accept(new Said.Failed(e));
        } finally {
            ready.remove(line);
            open.remove(line);
            room.release();
        }
    }

    private void work(Line line, Ear ear) throws InterruptedException {
        while (true) {
            Optional<Frame> asked = ear.next(ASK);
            if (asked.isEmpty()) {
                continue;
            }
            if (asked.get().kind() != Frame.Kind.NEXT) {
                throw new WireFault(WireFault.Code.KIND);
            }
            boolean goesOn = switch (task(ear)) {
                case Task.Send(Errand errand) -> new Handing(line, ear, errand).run();
                case Task.Tell(Note note) -> new NoteHanding(line, ear, note).run();
                case Task.Bring(Fetch fetch) -> new Fetching(line, ear, fetch).run();
            };
            if (!goesOn) {
                return;
            }
        }
    }

    /// What the courier is given next.
    private sealed interface Task {
        record Send(Errand errand) implements Task {}

        record Tell(Note note) implements Task {}

        record Bring(Fetch fetch) implements Task {}
    }

    /// Waits for something to do as long as the courier does.
    private Task task(Ear ear) throws InterruptedException {
        while (true) {
            Optional<Task> task = turn++ % 2 == 0
                    ? send().or(this::tell).or(this::bring)
                    : bring().or(this::tell).or(this::send);
            if (task.isPresent()) {
                return task.get();
            }
            if (ear.next(ASK).isPresent()) {
                throw new WireFault(WireFault.Code.KIND);
            }
        }
    }

    /// The districts take turns.
    private Optional<Task> send() {
        List<Outbox> all = outboxes.get();
        int first = turn;
        for (int n = 0; n < all.size(); n++) {
            Optional<Errand> errand =
                    all.get(Math.floorMod(first + n, all.size())).next();
            if (errand.isPresent()) {
                return errand.map(Task.Send::new);
            }
        }
        return Optional.empty();
    }

    private Optional<Task> tell() {
        for (Desk desk : desks.get()) {
            Optional<Note> note = desk.next();
            if (note.isPresent()) {
                return note.map(Task.Tell::new);
            }
        }
        return Optional.empty();
    }

    private Optional<Task> bring() {
        List<Fetches> all = fetches.get();
        int first = turn;
        for (int n = 0; n < all.size(); n++) {
            Optional<Fetch> fetch =
                    all.get(Math.floorMod(first + n, all.size())).next();
            if (fetch.isPresent()) {
                return fetch.map(Task.Bring::new);
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(path);
        for (Line line : open) {
            try {
                line.close();
            } catch (WireFault already) {
                continue;
            }
        }
    }
}
