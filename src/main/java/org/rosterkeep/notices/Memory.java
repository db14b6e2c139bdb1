package org.rosterkeep.notices;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonString;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// How everything stood when somebody was last told. What gets worse is told once, however often it is seen; what was
/// better in between is told again. It is in a file, so that a restart tells nothing anew.
public final class Memory {
    private final Path file;
    private final Map<String, Sighting.Level> known = new TreeMap<>();

    /// What is to be told, and what is over.
    public record Changes(List<Sighting> worse, List<Sighting> over) {
        public Changes {
            worse = List.copyOf(worse);
            over = List.copyOf(over);
        }
    }

    private Memory(Path file) {
        this.file = file;
    }

    /// A file that cannot be read is as good as none: then what is bad is told once more.
    public static Memory at(Path file) {
        var memory = new Memory(file);
        try (var reader = Json.createReader(Files.newBufferedReader(file, StandardCharsets.UTF_8))) {
            reader.readObject()
                    .forEach((key, level) ->
                            memory.known.put(key, Sighting.Level.valueOf(((JsonString) level).getString())));
        } catch (IOException | JsonException | IllegalArgumentException | ClassCastException e) {
            memory.known.clear();
        }
        return memory;
    }

    /// Takes what is seen now. What is not seen is as it was.
    public synchronized Changes take(List<Sighting> seen) throws IOException {
        List<Sighting> worse = new ArrayList<>();
        List<Sighting> over = new ArrayList<>();
        Map<String, Sighting.Level> before = new TreeMap<>(known);
        for (Sighting one : seen) {
            var last = known.getOrDefault(one.key(), Sighting.Level.WELL);
            if (one.level().compareTo(last) > 0) {
                worse.add(one);
            } else if (one.level() == Sighting.Level.WELL && last != Sighting.Level.WELL) {
                over.add(one);
            }
            if (one.level() == Sighting.Level.WELL) {
                known.remove(one.key());
            } else {
                known.put(one.key(), one.level());
            }
        }
        if (!known.equals(before)) {
            try {
                write();
            } catch (IOException e) {
                // What is not kept was not told: it is seen again.
                known.clear();
                known.putAll(before);
                throw e;
            }
        }
        return new Changes(worse, over);
    }

    private void write() throws IOException {
        var json = Json.createObjectBuilder();
        known.forEach((key, level) -> json.add(key, level.name()));
        var fresh = file.resolveSibling("." + file.getFileName() + ".new");
        Files.writeString(fresh, json.build().toString(), StandardCharsets.UTF_8);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
