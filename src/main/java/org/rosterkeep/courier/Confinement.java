package org.rosterkeep.courier;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.rosterkeep.courier.wire.Hello;

/// The courier's own proof that it is kept in: it tries an address that is on no list and that answers everybody else.
/// A service manager starts a unit without its filters when the kernel cannot enforce them, and only warns; so what the
/// unit says proves nothing.
public final class Confinement {
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /// The helper looks every few minutes; a canary that nobody has heard for so long proves nothing.
    private static final Duration CANARY_MAX = Duration.ofMinutes(120);

    private final Path manifest;
    private final boolean trial;
    private final Clock clock;
    private volatile Finding finding = Finding.NOT_LOOKED;

    /// What was found.
    public enum Finding {
        NOT_LOOKED,
        /// It was tried, and did not get through.
        KEPT_IN,
        /// There is no fence in a trial.
        TRIAL,
        /// The canary was reached.
        GOT_THROUGH,
        /// There is no list of addresses, or it names no canary.
        NO_CANARY,
        /// Nobody else has reached the canary lately either.
        CANARY_SILENT;

        Hello.Confined state() {
            return switch (this) {
                case KEPT_IN -> Hello.Confined.YES;
                case TRIAL -> Hello.Confined.TRIAL;
                case NOT_LOOKED, GOT_THROUGH, NO_CANARY, CANARY_SILENT -> Hello.Confined.NO;
            };
        }
    }

    Confinement(Path manifest, boolean trial, Clock clock) {
        this.manifest = manifest;
        this.trial = trial;
        this.clock = clock;
    }

    Finding look() {
        finding = trial ? Finding.TRIAL : tried();
        return finding;
    }

    private Finding tried() {
        Manifest read;
        try {
            read = Manifest.read(manifest);
        } catch (Refused e) {
            return Finding.NO_CANARY;
        }
        if (read.canary().isEmpty()) {
            return Finding.NO_CANARY;
        }
        Manifest.Canary canary = read.canary().get();
        boolean sings = canary.answered()
                .filter(at -> at.isAfter(clock.instant().minus(CANARY_MAX)))
                .isPresent();
        if (reached(new InetSocketAddress(canary.address(), canary.port()))) {
            return Finding.GOT_THROUGH;
        }
        return sings ? Finding.KEPT_IN : Finding.CANARY_SILENT;
    }

    /// Also a refusal by the other side means that the packet got there and back.
    static boolean reached(InetSocketAddress address) {
        try (Socket socket = new Socket(Proxy.NO_PROXY)) {
            socket.connect(address, (int) PATIENCE.toMillis());
            return true;
        } catch (ConnectException e) {
            return String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("refused");
        } catch (IOException e) {
            return false;
        }
    }

    Hello.Confined state() {
        return finding.state();
    }

    Hello hello(String program) {
        Finding now = finding;
        return new Hello(
                program,
                now.state(),
                now.state() == Hello.Confined.NO
                        ? List.of(now.name().toLowerCase(Locale.ROOT).replace('_', '-'))
                        : List.of());
    }
}
