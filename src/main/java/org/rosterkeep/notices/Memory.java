package org.rosterkeep.notices;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// How everything stood when somebody was last told. What gets worse is told once, however often it is seen; what was
/// better in between is told again. It is in a file, so that a restart tells nothing anew and passes nothing over.
public final class Memory {
    /// Of what happens once, so many of the newest are known: older ones are behind every district's last look.
    private static final int ONCE_MAX = 1000;

    private final Path file;
    private Known known = Known.nothing();

    /// What is to be told, and what is over.
    public record Changes(List<Sighting> worse, List<Sighting> over) {
        public Changes {
            worse = List.copyOf(worse);
            over = List.copyOf(over);
        }
    }

    /// @param levels of what is not well, by the sighting's key
    /// @param looked up to when each district's ledger was looked through
    /// @param version that ran at the last look; empty before the first
    private record Known(Map<String, Sighting.Level> levels, Map<String, Instant> looked, String version) {
        static Known nothing() {
            return new Known(new TreeMap<>(), new TreeMap<>(), "");
        }
    }

    private Memory(Path file) {
        this.file = file;
    }

    /// A file that cannot be read is as good as none: then what is bad is told once more.
    public static Memory at(Path file) {
        var memory = new Memory(file);
        try (var reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            var json = reader.readObject();
            var read = new Known(new TreeMap<>(), new TreeMap<>(), json.getString("version"));
            json.getJsonObject("levels")
                    .forEach((key, level) ->
                            read.levels().put(key, Sighting.Level.valueOf(((JsonString) level).getString())));
            json.getJsonObject("looked")
                    .forEach((key, at) -> read.looked().put(key, Instant.parse(((JsonString) at).getString())));
            memory.known = read;
        } catch (IOException
                | JsonException
                | IllegalArgumentException
                | ClassCastException
                | NullPointerException
                | DateTimeException e) {
            memory.known = Known.nothing();
        }
        return memory;
    }

    /// Up to when a district's ledger was looked through.
    public synchronized Optional<Instant> looked(String district) {
        return Optional.ofNullable(known.looked().get(district));
    }

    /// The version that ran at the last look; empty before the first.
    public synchronized String version() {
        return known.version();
    }

    /// Takes what is seen now. What is not seen is as it was.
    ///
    /// @param districts whose ledgers were looked through up to this moment
    public synchronized Changes take(List<Sighting> seen, Set<String> districts, String version, Instant now)
            throws IOException {
        List<Sighting> worse = new ArrayList<>();
        List<Sighting> over = new ArrayList<>();
        var next = new Known(new TreeMap<>(known.levels()), new TreeMap<>(known.looked()), version);
        for (Sighting one : seen) {
            var last = next.levels().getOrDefault(one.key(), Sighting.Level.WELL);
            if (one.level().compareTo(last) > 0) {
                worse.add(one);
            } else if (one.level() == Sighting.Level.WELL && last != Sighting.Level.WELL) {
                over.add(one);
            }
            if (one.level() == Sighting.Level.WELL) {
                next.levels().remove(one.key());
            } else {
                next.levels().put(one.key(), one.level());
            }
        }
        forget(next.levels());
        districts.forEach(district -> next.looked().put(district, now));
        // What cannot be kept was not told: it is seen again.
        write(next);
        known = next;
        return new Changes(worse, over);
    }

    private static void forget(Map<String, Sighting.Level> levels) {
        var once = levels.keySet().stream()
                .filter(key -> key.contains(" " + Sighting.ONCE))
                .sorted(Comparator.comparingLong(key -> Long.parseLong(key.substring(key.lastIndexOf('-') + 1))))
                .toList();
        once.subList(0, Math.max(0, once.size() - ONCE_MAX)).forEach(levels::remove);
    }

    private void write(Known next) throws IOException {
        var levels = Json.createObjectBuilder();
        next.levels().forEach((key, level) -> levels.add(key, level.name()));
        var looked = Json.createObjectBuilder();
        next.looked().forEach((district, at) -> looked.add(district, at.toString()));
        var json = Json.createObjectBuilder()
                .add("version", next.version())
                .add("levels", levels)
                .add("looked", looked);
        var fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(fresh, json.build().toString(), StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
