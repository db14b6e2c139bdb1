package org.rosterkeep.courier;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.rosterkeep.courier.wire.Members;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.WireFault;

/// Makes the egress manifest out of the grants in force: looks at their signatures as the courier does, looks up the
/// names they have, these only, and refuses addresses that such a name must not have. Run by root's helper, in
/// a process
/// of its own; what is written is applied by a script (appliance/egress.sh).
public final class Egress {
    private static final int GRANTS_MAX = 4096;
    private static final int BYTES_MAX = 1 << 20;
    /// An address that a name had a moment ago is kept for what is under way to it.
    private static final Duration GRACE = Duration.ofHours(1);
    /// And for so long when the name cannot be looked up at all.
    private static final Duration STALE_MAX = Duration.ofMinutes(1440);

    private final Setting setting;
    private final Clock clock;
    private final Names names;
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Wanted, Set<String>> files = new HashMap<>();

    /// @param grants the folder where the keep puts the papers of what is in force
    /// @param to the folder for `manifest.json`, and `addresses` for the script
    /// @param canary an address that answers and is never on the list
    public record Setting(Path grants, Path operators, Path to, Optional<InetSocketAddress> canary) {
        Path manifest() {
            return to.resolve("manifest.json");
        }
    }

    /// Looks names up.
    public interface Names {
        InetAddress[] addresses(String host) throws UnknownHostException;
    }

    /// Something was left off the list.
    ///
    /// @param place a file or a host; there is nothing personal in either
    public record Problem(String place, String what) {}

    /// What was made, and what was left off.
    public record Made(Manifest manifest, List<Problem> problems) {}

    private record Wanted(String host, int port, boolean internal) {}

    public Egress(Setting setting, Clock clock, Names names) {
        this.setting = setting;
        this.clock = clock;
        this.names = names;
    }

    /// Only takes away what no grant wants any more: done at once, before anything has to be looked up.
    public Made narrow() {
        Map<Wanted, Set<String>> wanted = wanted();
        List<Manifest.Place> left = new ArrayList<>();
        before().places().forEach(place -> {
            Set<String> rules = wanted.get(new Wanted(place.host(), place.port(), place.internal()));
            if (rules != null) {
                left.add(new Manifest.Place(
                        place.host(), place.port(), place.internal(), place.addresses(), rules, place.resolved()));
            }
        });
        return write(new Manifest(clock.instant(), left, before().canary()));
    }

    /// Makes it anew.
    public Made make() {
        Manifest before = before();
        Instant now = clock.instant();
        List<Manifest.Place> places = new ArrayList<>();
        Map<Wanted, Set<String>> wanted = wanted();
        wanted.forEach((place, rules) -> {
            Optional<List<InetAddress>> found = found(place);
            found.filter(some -> !some.isEmpty())
                    .ifPresent(some -> places.add(
                            new Manifest.Place(place.host(), place.port(), place.internal(), some, rules, now)));
            Instant oldest = now.minus(found.isPresent() ? GRACE : STALE_MAX);
            places.addAll(kept(before, place, rules, found.orElse(List.of()), oldest));
        });
        // Looking up may have taken long: what nobody wants any more by now does not come back.
        List<Problem> found = List.copyOf(problems);
        Set<Wanted> still = wanted().keySet();
        problems.clear();
        problems.addAll(found);
        places.removeIf(place -> !still.contains(new Wanted(place.host(), place.port(), place.internal())));
        Optional<Manifest.Canary> canary = setting.canary()
                .map(at -> new Manifest.Canary(
                        at.getAddress(), at.getPort(), Confinement.reached(at) ? Optional.of(now) : Optional.empty()));
        return write(new Manifest(now, places, canary));
    }

    private static List<Manifest.Place> kept(
            Manifest before, Wanted wanted, Set<String> rules, List<InetAddress> anew, Instant oldest) {
        List<Manifest.Place> kept = new ArrayList<>();
        for (Manifest.Place place : before.places()) {
            List<InetAddress> left = new ArrayList<>(place.addresses());
            left.removeAll(anew);
            left.removeIf(address -> Addresses.forbidden(address, wanted.internal()));
            boolean same = wanted.equals(new Wanted(place.host(), place.port(), place.internal()));
            if (same && !left.isEmpty() && place.resolved().isAfter(oldest)) {
                kept.add(new Manifest.Place(
                        place.host(), place.port(), place.internal(), left, rules, place.resolved()));
            }
        }
        return kept;
    }

    /// Empty when the name cannot be looked up. When one of its addresses is forbidden, it has none: who
    /// answers so once
    /// is not asked which of the others are honest.
    private Optional<List<InetAddress>> found(Wanted place) {
        try {
            List<InetAddress> found = new ArrayList<>();
            for (InetAddress address : names.addresses(place.host())) {
                found.add(InetAddress.getByAddress(address.getAddress()));
            }
            if (found.stream().anyMatch(address -> Addresses.forbidden(address, place.internal()))) {
                problems.add(new Problem(place.host(), "its name leads to an address that it must not have"));
                return Optional.of(List.of());
            }
            return Optional.of(found);
        } catch (UnknownHostException e) {
            problems.add(new Problem(place.host(), "its name cannot be looked up"));
            return Optional.empty();
        }
    }

    private Map<Wanted, Set<String>> wanted() {
        problems.clear();
        files.clear();
        Map<Wanted, Set<String>> wanted = new TreeMap<>(java.util.Comparator.comparing(Wanted::toString));
        Anchors anchors;
        try {
            anchors = Anchors.read(setting.operators());
        } catch (Anchors.AnchorsFault e) {
            problems.add(new Problem("operators", "nobody's signature counts: anchor them, or mend the list"));
            return wanted;
        }
        for (Path file : files()) {
            try {
                Grant grant = Grant.of(papers(file), anchors, clock.instant());
                for (Target target : grant.targets()) {
                    Wanted place = new Wanted(target.host(), target.port(), target.internal());
                    wanted.computeIfAbsent(place, _ -> new TreeSet<>()).add(grant.hash());
                    files.computeIfAbsent(place, _ -> new TreeSet<>())
                            .add(file.getFileName().toString());
                }
            } catch (Refused e) {
                problems.add(new Problem(file.getFileName().toString(), e.code().word()));
            } catch (WireFault | IOException e) {
                problems.add(new Problem(file.getFileName().toString(), "it cannot be read"));
            }
        }
        return wanted;
    }

    private List<Path> files() {
        try (Stream<Path> files = Files.list(setting.grants())) {
            return files.filter(file -> file.getFileName().toString().matches("[A-Za-z0-9._@-]+\\.json"))
                    .sorted()
                    .limit(GRANTS_MAX)
                    .toList();
        } catch (IOException e) {
            problems.add(new Problem("grants", "the folder cannot be read"));
            return List.of();
        }
    }

    private static Papers papers(Path file) throws IOException {
        // The folder is the keep's: no links out of it, and no file that never ends.
        if (!Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS) || Files.size(file) > BYTES_MAX) {
            throw new IOException();
        }
        return Papers.read(Members.read(Files.readAllBytes(file), BYTES_MAX));
    }

    private Manifest before() {
        try {
            return Manifest.read(setting.manifest());
        } catch (Refused e) {
            return Manifest.none(clock.instant());
        }
    }

    private Made write(Manifest manifest) {
        var lines = new TreeSet<String>();
        for (Manifest.Place place : manifest.places()) {
            Set<String> papers = files.getOrDefault(new Wanted(place.host(), place.port(), place.internal()), Set.of());
            for (InetAddress address : place.addresses()) {
                String family = address.getAddress().length == 4 ? "4" : "6";
                // By the names of the papers the script takes off what is gone, before it starts anything slower.
                lines.add("%s %s %d %s"
                        .formatted(family, address.getHostAddress(), place.port(), String.join(" ", papers)));
            }
        }
        try {
            Files.createDirectories(setting.to());
            replace(setting.to().resolve("addresses"), String.join("\n", lines) + (lines.isEmpty() ? "" : "\n"));
            replace(setting.manifest(), manifest.json() + "\n");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return new Made(manifest, List.copyOf(problems));
    }

    private static void replace(Path file, String text) throws IOException {
        Path beside = file.resolveSibling("." + file.getFileName());
        Files.write(beside, text.getBytes(StandardCharsets.UTF_8));
        // The courier, another user, reads it; it is no secret.
        Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// The JDK's, as the machine is set up.
    public static Names system() {
        return InetAddress::getAllByName;
    }
}
