package org.rosterkeep.disclosure;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.rosterkeep.disclosure.Json.Node;
import org.rosterkeep.entitlement.Edition;
import org.rosterkeep.entitlement.Runs;
import org.rosterkeep.entitlement.Track;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Row;

/// Filters and sorts by what the client would see: every record is written in the client's own form, with
/// nothing but the
/// properties the question names, and the question is put to that. So no answer can depend on a value that is
/// not given.
/// Times of change and status are sets in the edition and need no writing.
final class Sieve {
    private final Records records;
    private final Outward outward;

    Sieve(Records records, Outward outward) {
        this.records = records;
        this.outward = outward;
    }

    /// The members that meet the filter.
    RoaringBitmap kept(Edition edition, Place place, String base, Filter filter, RoaringBitmap members) {
        return new Pass(edition, place, base).kept(filter, members);
    }

    /// The ordinals by a property, absent values first; ties stay in the order they came in, which is that of
    /// outward ids.
    int[] sorted(Edition edition, Place place, Listings.Sort sort, int[] ordinals) {
        byte[][] keys = new Pass(edition, place, "").keys(sort.property(), ordinals);
        return Order.byTexts(ordinals, keys, sort.descending());
    }

    /// One question to one edition.
    private final class Pass {
        private final Edition edition;
        private final Wire wire;
        private final Entity entity;
        private final Track track;
        private final String base;

        Pass(Edition edition, Place place, String base) {
            this.edition = edition;
            this.wire = place.wire();
            this.entity = place.collection().entity();
            this.track = edition.track(entity);
            this.base = base;
        }

        /// Sets first, where sets suffice: what is left to be written is only what they could not decide.
        RoaringBitmap kept(Filter filter, RoaringBitmap members) {
            return switch (filter) {
                case Filter.Clause clause when isSet(clause) -> RoaringBitmap.and(members, set(clause));
                case Filter.Clause clause -> scanned(clause, members);
                case Filter.And(List<Filter> parts) -> {
                    RoaringBitmap left = members;
                    List<Filter> rest = new ArrayList<>();
                    for (Filter part : parts) {
                        if (part instanceof Filter.Clause clause && isSet(clause)) {
                            left = RoaringBitmap.and(left, set(clause));
                        } else {
                            rest.add(part);
                        }
                    }
                    yield rest.isEmpty() ? left : scanned(new Filter.And(rest), left);
                }
                case Filter.Or(List<Filter> parts) -> {
                    boolean sets = parts.stream().allMatch(part -> part instanceof Filter.Clause each && isSet(each));
                    if (!sets) {
                        yield scanned(filter, members);
                    }
                    RoaringBitmap any = new RoaringBitmap();
                    parts.forEach(part -> any.or(kept(part, members)));
                    yield any;
                }
            };
        }

        private boolean isSet(Filter.Clause clause) {
            return clause.field().equals(Selection.STATUS) || clause.field().equals(Selection.CHANGED);
        }

        private RoaringBitmap set(Filter.Clause clause) {
            RoaringBitmap set = new RoaringBitmap();
            Condition condition = new Condition(clause, wire, entity);
            if (clause.field().equals(Selection.STATUS)) {
                add(condition, Selection.STATUS, "active", track.live().all(), set);
                add(condition, Selection.STATUS, "tobedeleted", track.gone().all(), set);
                return set;
            }
            for (Runs runs : List.of(track.live(), track.gone())) {
                for (Runs.Run run : runs.runs()) {
                    add(condition, Selection.CHANGED, stamp(run.at()), run.members(), set);
                }
            }
            return set;
        }

        private void add(Condition condition, String property, String text, RoaringBitmap members, RoaringBitmap into) {
            if (condition.holds(new Node.Properties(Map.of(property, new Node.Text(text))))) {
                into.or(members);
            }
        }

        private String stamp(Instant at) {
            return new String(Stamps.text(at), StandardCharsets.US_ASCII);
        }

        private RoaringBitmap scanned(Filter filter, RoaringBitmap members) {
            Set<String> properties = new HashSet<>();
            Predicate<Node> wanted = predicate(filter, properties);
            RoaringBitmap kept = new RoaringBitmap();
            int[] ordinals = members.toArray();
            write(properties, ordinals, (n, json) -> {
                if (wanted.test(Json.read(json))) {
                    kept.add(ordinals[n]);
                }
            });
            return kept;
        }

        private Predicate<Node> predicate(Filter filter, Set<String> properties) {
            return switch (filter) {
                case Filter.Clause clause -> {
                    properties.add(Condition.root(clause.field()));
                    yield new Condition(clause, wire, entity)::holds;
                }
                case Filter.And(List<Filter> parts) -> {
                    List<Predicate<Node>> all = parts.stream()
                            .map(part -> predicate(part, properties))
                            .toList();
                    yield node -> all.stream().allMatch(each -> each.test(node));
                }
                case Filter.Or(List<Filter> parts) -> {
                    List<Predicate<Node>> any = parts.stream()
                            .map(part -> predicate(part, properties))
                            .toList();
                    yield node -> any.stream().anyMatch(each -> each.test(node));
                }
            };
        }

        byte[][] keys(String property, int[] ordinals) {
            byte[][] keys = new byte[ordinals.length][];
            write(Set.of(property), ordinals, (n, json) -> keys[n] = key(Json.read(json), property));
            return keys;
        }

        /// Absent is empty, and sorts before everything.
        private byte[] key(Node record, String property) {
            if (record instanceof Node.Properties(var properties)) {
                return switch (properties.getOrDefault(property, new Node.Items(List.of()))) {
                    case Node.Text(String text) -> Out.utf8(text);
                    case Node.Items(List<Node> items) ->
                        items.isEmpty() || !(items.getFirst() instanceof Node.Text(String first))
                                ? new byte[0]
                                : Out.utf8(first);
                    case Node.Properties _ -> new byte[0];
                };
            }
            return new byte[0];
        }

        /// Hands every record, written with these properties alone, to `reader`.
        private void write(Set<String> properties, int[] ordinals, Reader reader) {
            Names names = outward.names(edition);
            Form form = new Form(edition.sight(), wire, entity, Selection.of(properties), names, base);
            Records seen = Sighted.of(records, edition.sight());
            Out out = new Out();
            Line line = new Line(track);
            for (int from = 0; from < ordinals.length; from += Names.CHUNK) {
                int count = Math.min(Names.CHUNK, ordinals.length - from);
                int[] chunk = Arrays.copyOfRange(ordinals, from, from + count);
                names.prepare(entity, chunk, 0, count);
                byte[][] written = new byte[count][0];
                seen.read(Permit.glance(entity, edition.batch(), form.needs(), chunk), (n, ordinal, row) -> {
                    line.idLength = names.at(n, line.id);
                    out.clear();
                    written[n] = json(form, out, line, ordinal, row);
                });
                for (int n = 0; n < count; n++) {
                    reader.read(from + n, written[n]);
                }
            }
        }

        private byte[] json(Form form, Out out, Line line, int ordinal, @Nullable Row row) {
            boolean inView = track.live().all().contains(ordinal);
            if (inView && row != null) {
                line.active(ordinal, row);
                if (form.write(out, line)) {
                    return out.since(0);
                }
            }
            line.gone(ordinal, inView);
            form.writeTombstone(out, line);
            return out.since(0);
        }
    }

    private interface Reader {
        void read(int n, byte[] json);
    }
}
