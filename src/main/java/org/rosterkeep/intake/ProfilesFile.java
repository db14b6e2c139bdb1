package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.roster.Slice;
import org.rosterkeep.roster.SourcedId;

/// The account profiles of userProfiles.csv, read only when `id.profiles` is switched on. Credentials are never kept,
/// whatever is switched on.
final class ProfilesFile {
    static final String FILE = "userProfiles.csv";
    private static final List<String> COLUMNS =
            List.of("sourcedId", "profileType", "vendorId", "applicationId", "description");
    private static final int TEXTS = COLUMNS.size();

    private final Desk desk;
    private final Mode mode;
    private final RoaringBitmap touched = new RoaringBitmap();
    private final Map<Integer, List<Said>> byUser = new HashMap<>();

    /// One row: the profile's five texts, profileId first, those of them whose cells were put aside, and whether it is
    /// no more.
    private record Said(List<String> texts, Set<Integer> asides, boolean gone) {
        /// The texts, with what the profile had so far where a cell was put aside.
        List<String> whole(List<String> before) {
            return IntStream.range(0, TEXTS)
                    .mapToObj(n -> asides.contains(n) ? before.get(n) : texts.get(n))
                    .toList();
        }
    }

    /// No userProfiles.csv in this delivery, or none that is kept.
    ProfilesFile(Desk desk) {
        this.desk = desk;
        this.mode = Mode.ABSENT;
    }

    ProfilesFile(Desk desk, Sheet sheet) {
        this.desk = desk;
        this.mode = sheet.mode();
        boolean kept = desk.keeping.keeps(Field.USER_USER_PROFILES);
        read(sheet, kept);
        if (!kept) {
            desk.findings.add(FILE, FindingCode.FILE_ELEMENT_OFF);
        }
    }

    /// Whether the file lists all profiles there are.
    boolean complete() {
        return mode == Mode.BULK;
    }

    /// Users of whom the file speaks.
    RoaringBitmap touched() {
        return touched;
    }

    private void read(Sheet sheet, boolean kept) {
        Header header = sheet.header();
        int user = header.index("userSourcedId");
        try (Rows rows = new Rows(desk, sheet)) {
            while (rows.step()) {
                dropCredentials(rows, header);
                String id = rows.text(user);
                int owner = SourcedId.valid(id) ? desk.batch.find(Entity.USER, SourcedId.of(id)) : Relations.NONE;
                if (owner == Relations.NONE) {
                    rows.wrong(user, FindingCode.REFERENCE_UNKNOWN);
                }
                boolean usable = rows.settle();
                if (!kept) {
                    desk.keeping.drop(Field.USER_USER_PROFILES.element());
                } else if (usable) {
                    touched.add(owner);
                    byUser.computeIfAbsent(owner, u -> new ArrayList<>()).add(said(rows, header));
                }
            }
        }
    }

    private static Said said(Rows rows, Header header) {
        List<String> texts = COLUMNS.stream()
                .map(column -> rows.wished(header.index(column)))
                .toList();
        Set<Integer> asides = IntStream.range(0, TEXTS)
                .filter(n -> rows.aside(header.index(COLUMNS.get(n))))
                .boxed()
                .collect(Collectors.toSet());
        return new Said(texts, asides, rows.deleting());
    }

    /// Whether what the user's row has so far is needed, because of a cell that was put aside.
    boolean asksBefore(int user) {
        return byUser.getOrDefault(user, List.of()).stream()
                .anyMatch(said -> !said.asides().isEmpty());
    }

    private void dropCredentials(Rows rows, Header header) {
        for (String column : List.of("username", "password")) {
            if (rows.filled(header.index(column))) {
                desk.keeping.drop("id.password");
            }
        }
    }

    /// Writes the user's profiles as this batch leaves them. Texts of the old row are kept as they are packed.
    void write(RowWriter writer, int user, Optional<Row> old) {
        if (!desk.keeping.keeps(Field.USER_USER_PROFILES)) {
            return;
        }
        List<Said> said = byUser.getOrDefault(user, List.of());
        if (mode != Mode.BULK && said.isEmpty()) {
            old.ifPresent(row -> writer.keep(Field.USER_USER_PROFILES, row));
            return;
        }
        Map<String, List<String>> before = new TreeMap<>();
        old.ifPresent(row -> unpack(row).forEach(texts -> before.put(texts.get(0), texts)));
        Map<String, List<String>> profiles = new TreeMap<>();
        if (mode != Mode.BULK) {
            profiles.putAll(before);
        }
        for (Said one : said) {
            if (one.gone()) {
                profiles.remove(one.texts().get(0));
            } else {
                String id = one.texts().get(0);
                profiles.put(id, one.whole(before.getOrDefault(id, one.texts())));
            }
        }
        List<String> all = new ArrayList<>();
        profiles.values().forEach(all::addAll);
        writer.groups(Field.USER_USER_PROFILES, all);
    }

    private static List<List<String>> unpack(Row row) {
        Slice slice = new Slice();
        Slice text = new Slice();
        List<List<String>> profiles = new ArrayList<>();
        if (row.reveal(Field.USER_USER_PROFILES, slice)) {
            while (slice.start < slice.end) {
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < TEXTS; i++) {
                    slice.text(text);
                    texts.add(Escapes.plain(new String(text.bytes, text.start, text.length(), UTF_8)));
                }
                profiles.add(texts);
            }
        }
        return profiles;
    }
}
