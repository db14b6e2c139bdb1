package org.rosterkeep.appliance;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.rosterkeep.intake.Confidence;
import org.rosterkeep.intake.IntakeFault;
import org.rosterkeep.intake.Landing;
import org.rosterkeep.intake.Options;
import org.rosterkeep.intake.Progress;
import org.rosterkeep.intake.Proposals;
import org.rosterkeep.intake.Source;
import org.rosterkeep.roster.Entity;

/// Proposes a mapping for a change of source system. Ids of persons leave only as the files a person asked for, never
/// in the answer itself: that goes to screens, logs and shell histories.
public final class MatchVerbs {
    /// Between the two files of one stream; no id holds it.
    public static final byte NEXT_FILE = 0;

    private static final int PIECE = 1 << 15;

    private final Districts districts;

    MatchVerbs(Districts districts) {
        this.districts = districts;
    }

    void into(Verbs verbs) {
        verbs.with("intake match", this::match);
    }

    private Answer match(Call call, Operation.Meanwhile meanwhile) {
        var atLeast = confidence(call.text("accept"));
        var options = Options.of(call.caller().actor());
        if (call.flag("mapped")) {
            options = options.mappedBy(there(call.text("mapping")));
        }
        var proposals = propose(call, Source.at(there(call.text("file"))), options);
        if (call.flag("write")) {
            send(meanwhile, proposals.mapping(atLeast));
            meanwhile.data(new byte[] {NEXT_FILE}, 1);
            send(meanwhile, proposals.review(atLeast));
        }
        return new Answer(json(proposals), lines(proposals, atLeast, call.flag("write")));
    }

    private Proposals propose(Call call, Source source, Options options) {
        try {
            return districts.of(call).rooms().intake().matching().propose(source, options, Progress.unwatched());
        } catch (IntakeFault e) {
            var place = e.file() + (e.line() == 0 ? "" : " line " + e.line());
            throw new Trouble(
                    Exit.REFUSED,
                    "Nothing can be proposed for this delivery.",
                    (place.isEmpty() ? "" : place + ": ") + e.code().sentence(),
                    "Correct it and try again; nothing was changed.");
        } catch (Landing.LandingBusy e) {
            throw new Trouble(
                    Exit.REFUSED,
                    "An import is already running.",
                    "What it will change cannot be compared with yet.",
                    "Wait for it, then try again.");
        }
    }

    private static Confidence confidence(String word) {
        return Arrays.stream(Confidence.values())
                .filter(one -> one.word().equals(word))
                .findFirst()
                .orElseThrow(() -> Trouble.wrongUse(
                        "--accept is not a confidence.",
                        "It is exact, likely or possible.",
                        "See: rosterkeep intake match -h"));
    }

    private static Path there(String name) {
        var file = Path.of(name);
        if (!Files.exists(file)) {
            throw Trouble.notFound("There is no " + file + ".", "Name a file that the appliance itself can see.");
        }
        return file;
    }

    private static void send(Operation.Meanwhile meanwhile, byte[] file) {
        for (int from = 0; from < file.length; from += PIECE) {
            var piece = Arrays.copyOfRange(file, from, Math.min(file.length, from + PIECE));
            meanwhile.data(piece, piece.length);
        }
    }

    private static JsonObject json(Proposals proposals) {
        var entities = Json.createObjectBuilder();
        for (var entity : matched()) {
            var reasons = Json.createObjectBuilder();
            proposals.reasons(entity).forEach(reasons::add);
            entities.add(
                    entity.many(),
                    Json.createObjectBuilder()
                            .add("exact", proposals.count(entity, Confidence.EXACT))
                            .add("likely", proposals.count(entity, Confidence.LIKELY))
                            .add("possible", proposals.count(entity, Confidence.POSSIBLE))
                            .add("unsure", proposals.unsure(entity))
                            .add("nobody", proposals.nobody().getOrDefault(entity, 0L))
                            .add("reasons", reasons));
        }
        return Json.createObjectBuilder()
                .add("given", proposals.given().size())
                .add("matched", entities)
                .build();
    }

    private static List<String> lines(Proposals proposals, Confidence atLeast, boolean written) {
        var lines = new ArrayList<String>();
        lines.add("Nothing was changed. This is what the delivery's new records probably are:");
        var table = new Table("", "EXACT", "LIKELY", "POSSIBLE", "UNSURE", "FITS NOBODY");
        for (var entity : matched()) {
            table.row(
                    entity.many(),
                    proposals.count(entity, Confidence.EXACT),
                    proposals.count(entity, Confidence.LIKELY),
                    proposals.count(entity, Confidence.POSSIBLE),
                    proposals.unsure(entity),
                    proposals.nobody().getOrDefault(entity, 0L));
        }
        lines.addAll(table.lines());
        for (var entity : matched()) {
            proposals
                    .reasons(entity)
                    .forEach((reason, count) -> lines.add(entity.many() + ", " + reason + ": " + count));
        }
        if (!proposals.given().isEmpty()) {
            lines.add(proposals.given().size() + " pairs stand in the mapping already.");
        }
        lines.add(
                written
                        ? "Written down to " + atLeast.word() + ". Look through it before: rosterkeep intake run FILE"
                                + " --mapping"
                        : "To write it down, name a new file: --out proposed.csv");
        return lines;
    }

    /// What has an id that a person could map; enrolments are recognised by the import itself.
    private static List<Entity> matched() {
        return List.of(Entity.ORG, Entity.ACADEMIC_SESSION, Entity.COURSE, Entity.CLASS, Entity.USER);
    }
}
