package org.rosterkeep.intake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.roaringbitmap.IntConsumer;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.SourcedId;

/// Recognises orgs, sessions, courses and classes by what they are called and where they hang. Each sign counts only
/// when one old record and one new one have it, and nobody else on either side.
final class Places {
    private final Desk desk;
    private final Prints prints;
    private final Unpacked unpacked = new Unpacked();
    private final Map<Entity, Map<String, Integer>> records = new EnumMap<>(Entity.class);
    private final List<Proposals.Pair> pairs = new ArrayList<>();
    private final List<Proposals.Unsure> unsure = new ArrayList<>();
    private final Map<Entity, Long> nobody = Proposals.none();

    /// One record; fingerprints, [Prints#NONE] for what it lacks. `at` is where it hangs: school, owner or nothing.
    private record Place(String id, int record, long code, long name, long kind, long at, long course, long terms) {
        boolean known() {
            return record != Relations.NONE;
        }
    }

    /// A sign, and what it is worth.
    private record Sign(Confidence confidence, List<Evidence> why, ToLongFunction<Place> print) {}

    Places(Desk desk, Prints prints) {
        this.desk = desk;
        this.prints = prints;
        match(Entity.ORG, orgSigns());
        match(Entity.ACADEMIC_SESSION, sessionSigns());
        match(Entity.COURSE, courseSigns());
        match(Entity.CLASS, classSigns());
    }

    List<Proposals.Pair> pairs() {
        return pairs;
    }

    List<Proposals.Unsure> unsure() {
        return unsure;
    }

    Map<Entity, Long> nobody() {
        return nobody;
    }

    /// The record of the roster that a new id stands for, as far as it is recognised.
    int record(Entity entity, String id) {
        return records.getOrDefault(entity, Map.of()).getOrDefault(id, Relations.NONE);
    }

    private List<Sign> orgSigns() {
        return List.of(
                new Sign(
                        Confidence.EXACT,
                        List.of(Evidence.CODE, Evidence.TITLE, Evidence.TYPE),
                        one -> prints.all(one.code(), one.name(), one.kind())),
                new Sign(
                        Confidence.LIKELY,
                        List.of(Evidence.TITLE, Evidence.TYPE),
                        one -> prints.all(one.name(), one.kind())),
                new Sign(
                        Confidence.POSSIBLE,
                        List.of(Evidence.CODE, Evidence.TYPE),
                        one -> prints.all(one.code(), one.kind())));
    }

    private List<Sign> sessionSigns() {
        return List.of(
                new Sign(
                        Confidence.EXACT,
                        List.of(Evidence.TITLE, Evidence.TYPE, Evidence.DATES),
                        one -> prints.all(one.name(), one.kind(), one.terms())),
                new Sign(
                        Confidence.LIKELY,
                        List.of(Evidence.TYPE, Evidence.DATES),
                        one -> prints.all(one.kind(), one.terms())));
    }

    private List<Sign> courseSigns() {
        return List.of(
                new Sign(
                        Confidence.EXACT,
                        List.of(Evidence.CODE, Evidence.TITLE, Evidence.SCHOOL),
                        one -> prints.all(one.code(), one.name(), one.at(), one.terms())),
                new Sign(
                        Confidence.LIKELY,
                        List.of(Evidence.CODE, Evidence.SCHOOL),
                        one -> prints.all(one.code(), one.at(), one.terms())),
                new Sign(
                        Confidence.POSSIBLE,
                        List.of(Evidence.TITLE, Evidence.SCHOOL),
                        one -> prints.all(one.name(), one.at(), one.terms())));
    }

    private List<Sign> classSigns() {
        return List.of(
                new Sign(
                        Confidence.EXACT,
                        List.of(Evidence.CODE, Evidence.TITLE, Evidence.SCHOOL, Evidence.TERM),
                        one -> prints.all(one.code(), one.name(), one.at(), one.terms())),
                new Sign(
                        Confidence.LIKELY,
                        List.of(Evidence.CODE, Evidence.SCHOOL, Evidence.TERM),
                        one -> prints.all(one.code(), one.at(), one.terms())),
                new Sign(
                        Confidence.LIKELY,
                        List.of(Evidence.TITLE, Evidence.SCHOOL, Evidence.TERM, Evidence.COURSE),
                        one -> prints.all(one.name(), one.at(), one.terms(), one.course())),
                new Sign(
                        Confidence.POSSIBLE,
                        List.of(Evidence.TITLE, Evidence.SCHOOL, Evidence.TERM),
                        one -> prints.all(one.name(), one.at(), one.terms())));
    }

    private void match(Entity entity, List<Sign> signs) {
        List<Place> old = there(entity);
        List<Place> now = arriving(entity);
        Map<String, Integer> found = new HashMap<>();
        Map<Integer, String> taken = new HashMap<>();
        now.stream().filter(Place::known).forEach(one -> {
            found.put(one.id(), one.record());
            taken.put(one.record(), one.id());
        });
        Map<String, Proposals.Unsure> open = new HashMap<>();
        for (Sign sign : signs) {
            Map<Long, List<Place>> olds = by(sign, old);
            by(sign, now).forEach((print, wanting) -> {
                List<Place> fitting = olds.getOrDefault(print, List.of());
                if (fitting.isEmpty()) {
                    return;
                }
                boolean free = fitting.size() == 1
                        && !taken.containsKey(fitting.getFirst().record());
                for (Place one : wanting) {
                    if (found.containsKey(one.id())) {
                        continue;
                    }
                    if (free && wanting.size() == 1) {
                        Place it = fitting.getFirst();
                        found.put(one.id(), it.record());
                        taken.put(it.record(), one.id());
                        pairs.add(new Proposals.Pair(entity, it.id(), one.id(), sign.confidence(), sign.why()));
                    } else {
                        open.putIfAbsent(one.id(), doubt(entity, one, fitting, wanting.size()));
                    }
                }
            });
        }
        records.put(entity, found);
        for (Place one : now) {
            if (!found.containsKey(one.id())) {
                Proposals.Unsure doubt = open.get(one.id());
                if (doubt == null) {
                    nobody.merge(entity, 1L, Long::sum);
                } else {
                    unsure.add(doubt);
                }
            }
        }
    }

    private static Proposals.Unsure doubt(Entity entity, Place one, List<Place> fitting, int wanting) {
        Evidence why = fitting.size() > 1 ? Evidence.TWO_FIT : wanting > 1 ? Evidence.TWO_WANT : Evidence.SPOKEN_FOR;
        return new Proposals.Unsure(
                entity, one.id(), fitting.stream().map(Place::id).toList(), why);
    }

    private static Map<Long, List<Place>> by(Sign sign, List<Place> places) {
        Map<Long, List<Place>> by = new HashMap<>();
        for (Place place : places) {
            long print = sign.print().applyAsLong(place);
            if (print != Prints.NONE) {
                by.computeIfAbsent(print, p -> new ArrayList<>()).add(place);
            }
        }
        return by;
    }

    private List<Place> there(Entity entity) {
        List<Place> there = new ArrayList<>();
        desk.before.live(entity).forEach((IntConsumer)
                record -> desk.batch.row(entity, record).ifPresent(row -> there.add(old(entity, record, row))));
        return there;
    }

    private Place old(Entity entity, int record, Row row) {
        Relations before = desk.before;
        return switch (entity) {
            case ORG ->
                new Place(
                        unpacked.text(row, Field.ORG_SOURCED_ID),
                        record,
                        prints.exact(unpacked.text(row, Field.ORG_IDENTIFIER)),
                        prints.name(unpacked.text(row, Field.ORG_NAME)),
                        prints.exact(unpacked.text(row, Field.ORG_TYPE)),
                        Prints.NONE,
                        Prints.NONE,
                        Prints.NONE);
            case ACADEMIC_SESSION ->
                new Place(
                        unpacked.text(row, Field.SESSION_SOURCED_ID),
                        record,
                        Prints.NONE,
                        prints.name(unpacked.text(row, Field.SESSION_TITLE)),
                        prints.exact(unpacked.text(row, Field.SESSION_TYPE)),
                        Prints.NONE,
                        Prints.NONE,
                        prints.exact(unpacked.text(row, Field.SESSION_START_DATE) + " "
                                + unpacked.text(row, Field.SESSION_END_DATE)));
            case COURSE ->
                new Place(
                        unpacked.text(row, Field.COURSE_SOURCED_ID),
                        record,
                        prints.exact(unpacked.text(row, Field.COURSE_COURSE_CODE)),
                        prints.name(unpacked.text(row, Field.COURSE_TITLE)),
                        Prints.NONE,
                        at(before.courseOrg(record)),
                        Prints.NONE,
                        prints.number(before.courseSchoolYear(record)));
            case CLASS ->
                new Place(
                        unpacked.text(row, Field.CLASS_SOURCED_ID),
                        record,
                        prints.exact(unpacked.text(row, Field.CLASS_CLASS_CODE)),
                        prints.name(unpacked.text(row, Field.CLASS_TITLE)),
                        Prints.NONE,
                        at(before.classSchool(record)),
                        at(before.classCourse(record)),
                        terms(before.classTerms(record)));
            case USER, ENROLLMENT, DEMOGRAPHICS -> throw new IllegalArgumentException("no place: " + entity);
        };
    }

    private List<Place> arriving(Entity entity) {
        List<Place> arriving = new ArrayList<>();
        Cells.of(desk, Reading.file(entity)).ifPresent(cells -> {
            try (cells) {
                while (cells.next()) {
                    arriving.add(arriving(entity, cells));
                }
            }
        });
        return arriving;
    }

    private Place arriving(Entity entity, Cells cells) {
        String id = cells.text("sourcedId");
        int record = desk.batch.find(entity, SourcedId.of(id));
        return switch (entity) {
            case ORG ->
                new Place(
                        id,
                        record,
                        prints.exact(cells.text("identifier")),
                        prints.name(cells.text("name")),
                        prints.exact(cells.text("type")),
                        Prints.NONE,
                        Prints.NONE,
                        Prints.NONE);
            case ACADEMIC_SESSION ->
                new Place(
                        id,
                        record,
                        Prints.NONE,
                        prints.name(cells.text("title")),
                        prints.exact(cells.text("type")),
                        Prints.NONE,
                        Prints.NONE,
                        prints.exact(cells.text("startDate") + " " + cells.text("endDate")));
            case COURSE ->
                new Place(
                        id,
                        record,
                        prints.exact(cells.text("courseCode")),
                        prints.name(cells.text("title")),
                        Prints.NONE,
                        at(record(Entity.ORG, cells.text("orgSourcedId"))),
                        Prints.NONE,
                        year(cells.text("schoolYearSourcedId")));
            case CLASS ->
                new Place(
                        id,
                        record,
                        prints.exact(cells.text("classCode")),
                        prints.name(cells.text("title")),
                        Prints.NONE,
                        at(record(Entity.ORG, cells.text("schoolSourcedId"))),
                        at(record(Entity.COURSE, cells.text("courseSourcedId"))),
                        terms(cells.list("termSourcedIds").stream()
                                .mapToInt(term -> record(Entity.ACADEMIC_SESSION, term))
                                .toArray()));
            case USER, ENROLLMENT, DEMOGRAPHICS -> throw new IllegalArgumentException("no place: " + entity);
        };
    }

    /// A year that is named and not recognised is none of those there are; no year at all is one, too.
    private long year(String id) {
        int record = record(Entity.ACADEMIC_SESSION, id);
        return !id.isEmpty() && record == Relations.NONE ? Prints.NONE : prints.number(record);
    }

    private long at(int record) {
        return record == Relations.NONE ? Prints.NONE : prints.number(record);
    }

    private long terms(int[] terms) {
        StringBuilder text = new StringBuilder();
        for (int term : java.util.Arrays.stream(terms).sorted().distinct().toArray()) {
            if (term == Relations.NONE) {
                return Prints.NONE;
            }
            text.append(term).append(' ');
        }
        return prints.exact(text.toString());
    }
}
