package org.rosterkeep.intake;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.SourcedId;

/// An old-to-new file: which id of the former source system became which one of the new.
///
/// A CSV file with the columns `oldSourcedId` and `newSourcedId`, and, where not every line speaks of a user, `entity`
/// (`org`, `academicSession`, `course`, `class`, `user`, `enrollment`, or their plurals; empty is `user`). Other
/// columns are there for people and not read. A line whose two ids are equal says nothing. Within one file every id
/// stands once, on one side: whoever renames in a circle has to do it in two deliveries.
record Mapping(List<Pair> pairs) {
    /// What findings call the file, whatever its name is.
    static final String FILE = "mapping";

    /// One line that renames.
    ///
    /// @param line the line it stands on, the header being 1
    record Pair(Entity entity, String old, String now, long line) {}

    /// Something wrong with a line.
    record Flaw(long line, FindingCode code) {}

    /// @throws IntakeFault when any line is wrong; all of them are among the findings then
    static Mapping read(Path file, Limits limits, Findings findings) {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, limits, findings);
        } catch (IOException e) {
            throw new IntakeFault(FindingCode.MAPPING_UNREADABLE, FILE);
        }
    }

    private static Mapping read(InputStream in, Limits limits, Findings findings) {
        List<Flaw> flaws = new ArrayList<>();
        List<Pair> pairs = new ArrayList<>();
        try (Csv csv = new Csv(in, FILE, limits)) {
            int[] places = header(csv, limits);
            int width = csv.cells();
            for (long rows = 0; csv.next(); rows++) {
                if (rows >= limits.rows()) {
                    throw new IntakeFault(FindingCode.TOO_MANY_ROWS, FILE);
                }
                Optional<FindingCode> wrong = wrong(csv, places, width);
                if (wrong.isPresent()) {
                    flaws.add(new Flaw(csv.line(), wrong.get()));
                } else {
                    pair(csv, places).ifPresent(pairs::add);
                }
            }
            if (csv.openQuote()) {
                throw new IntakeFault(FindingCode.MAPPING_UNREADABLE, FILE);
            }
        }
        Mapping mapping = new Mapping(List.copyOf(pairs));
        flaws.addAll(mapping.contradictions());
        refuse(flaws, findings);
        if (pairs.isEmpty()) {
            throw new IntakeFault(FindingCode.MAPPING_EMPTY, FILE);
        }
        return mapping;
    }

    /// Ends the import if there is any flaw: half a mapping would make strangers of those it leaves out.
    static void refuse(List<Flaw> flaws, Findings findings) {
        if (flaws.isEmpty()) {
            return;
        }
        List<Flaw> ordered = new ArrayList<>(flaws);
        ordered.sort(Comparator.comparingLong(Flaw::line));
        ordered.subList(0, ordered.size() - 1).forEach(flaw -> findings.add(FILE, flaw.line(), "", flaw.code()));
        throw new IntakeFault(ordered.getLast().code(), FILE, ordered.getLast().line());
    }

    private static int[] header(Csv csv, Limits limits) {
        int[] places = {-1, -1, -1};
        List<String> names = List.of("oldsourcedid", "newsourcedid", "entity");
        if (!csv.next() || csv.cells() > limits.columns()) {
            throw new IntakeFault(FindingCode.MAPPING_UNREADABLE, FILE);
        }
        for (int cell = 0; cell < csv.cells(); cell++) {
            int at = names.indexOf(csv.cell(cell).strip().toLowerCase(Locale.ROOT));
            if (at >= 0 && places[at] >= 0) {
                throw new IntakeFault(FindingCode.MAPPING_UNREADABLE, FILE);
            }
            if (at >= 0) {
                places[at] = cell;
            }
        }
        if (places[0] < 0 || places[1] < 0) {
            throw new IntakeFault(FindingCode.MAPPING_UNREADABLE, FILE);
        }
        return places;
    }

    private static Optional<FindingCode> wrong(Csv csv, int[] places, int width) {
        boolean formed = csv.cells() == width && !csv.afterQuote() && !csv.cut() && csv.wellFormed();
        if (!formed || entity(csv, places).isEmpty()) {
            return Optional.of(FindingCode.MAPPING_LINE);
        }
        boolean ids = SourcedId.valid(csv.cell(places[0]).strip())
                && SourcedId.valid(csv.cell(places[1]).strip());
        return ids ? Optional.empty() : Optional.of(FindingCode.MAPPING_ID);
    }

    /// Demographics have no id of their own to be renamed.
    private static Optional<Entity> entity(Csv csv, int[] places) {
        String word = places[2] < 0 ? "" : csv.cell(places[2]).strip();
        if (word.isEmpty()) {
            return Optional.of(Entity.USER);
        }
        return Arrays.stream(Entity.values())
                .filter(entity -> entity.identity() == entity)
                .filter(entity ->
                        entity.one().equalsIgnoreCase(word) || entity.many().equalsIgnoreCase(word))
                .findFirst();
    }

    private static Optional<Pair> pair(Csv csv, int[] places) {
        String old = csv.cell(places[0]).strip();
        String now = csv.cell(places[1]).strip();
        return old.equals(now)
                ? Optional.empty()
                : Optional.of(new Pair(entity(csv, places).orElseThrow(), old, now, csv.line()));
    }

    /// Lines that cannot both be right, whatever the roster is like.
    private List<Flaw> contradictions() {
        List<Flaw> flaws = new ArrayList<>();
        Map<Entity, Map<String, Pair>> olds = new EnumMap<>(Entity.class);
        Map<Entity, Map<String, Pair>> news = new EnumMap<>(Entity.class);
        for (Pair pair : pairs) {
            if (olds.computeIfAbsent(pair.entity(), e -> new HashMap<>()).putIfAbsent(pair.old(), pair) != null) {
                flaws.add(new Flaw(pair.line(), FindingCode.MAPPING_OLD_TWICE));
            } else if (news.computeIfAbsent(pair.entity(), e -> new HashMap<>()).putIfAbsent(pair.now(), pair)
                    != null) {
                flaws.add(new Flaw(pair.line(), FindingCode.MAPPING_NEW_TWICE));
            }
        }
        for (Pair pair : pairs) {
            if (olds.getOrDefault(pair.entity(), Map.of()).containsKey(pair.now())) {
                flaws.add(new Flaw(pair.line(), FindingCode.MAPPING_CHAIN));
            }
        }
        return flaws;
    }
}
