package org.rosterkeep.appliance;

import de.siegmar.fastcsv.reader.CsvReader;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.zip.ZipFile;
import org.rosterkeep.commands.Schools;
import org.rosterkeep.commands.TrialDocuments;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.ledger.LedgerRecord;
import org.rosterkeep.outbound.Hatch;
import org.rosterkeep.outbound.Standing;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.rules.Rule;

/// A whole district with one rule that names a push target, and the hatch at which a courier asks.
final class PushingDistrict implements AutoCloseable {
    static final String DISTRICT = """
        {"legalName": "Made-up District", "kind": "public-authority", "country": "US", "regimes": ["US-FERPA"],
         "localised": false}\
        """;
    final Clock clock;
    final Path home;
    final Path socket;
    final LiveDistrict live;
    final Hatch hatch;
    final ConcurrentLinkedQueue<Hatch.Said> said = new ConcurrentLinkedQueue<>();

    private PushingDistrict(Path home, Clock clock, LiveDistrict live) throws IOException {
        this.home = home;
        this.clock = clock;
        this.live = live;
        socket = home.resolve("c.sock");
        hatch = Hatch.open(socket, false, () -> List.of(live.rooms().outbox()), said::add);
    }

    static PushingDistrict make(Path home, Clock clock) throws IOException {
        return new PushingDistrict(home, clock, LiveDistrict.make(home, clock, new SecureRandom()));
    }

    static PushingDistrict find(Path home, Clock clock) throws IOException {
        return new PushingDistrict(home, clock, LiveDistrict.find(home, clock));
    }

    /// Imports a made-up roster.
    MadeUpDistrict roster(MadeUpDistrict.Shape shape) throws IOException {
        var made = new MadeUpDistrict(shape);
        var file = home.resolve("roster.zip");
        try (var out = Files.newOutputStream(file)) {
            made.zip(out);
        }
        var report = live.take(file, Set.of());
        if (report.quarantined() > 0) {
            throw new AssertionError(report.toString());
        }
        return made;
    }

    /// The papers of the trial's reading app, for the school this roster calls the largest.
    TrialDocuments.Sharing papers() {
        var schools = Schools.largestFirst(home.resolve("roster.zip"));
        return TrialDocuments.sharings(schools, false, clock.instant()).getFirst();
    }

    /// Puts the reading app's rule in force, pushed to this place.
    ///
    /// @param push the target, as it stands under `destination.push`
    Rule pushing(String push, String delivery) {
        var papers = papers();
        live.sign(DISTRICT, papers.vendorFile(), papers.agreementFile());
        return live.approve(rule(papers.ruleFile(), push, delivery));
    }

    static String rule(String file, String push, String delivery) {
        var rule = json(file);
        var to = json(push);
        var json = Json.createObjectBuilder(rule)
                .add(
                        "destination",
                        Json.createObjectBuilder(rule.getJsonObject("destination"))
                                .add("push", to))
                .add("delivery", json(delivery));
        return (to.getString("kind").equals("webhook") ? json : json.remove("client"))
                .build()
                .toString();
    }

    static JsonObject json(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readObject();
        }
    }

    static String target(String kind) {
        return "{\"kind\": \"" + kind + "\", \"host\": \"sync.example.org\", \"port\": 443, \"path\": \"/in\"}";
    }

    /// A pupil of the school that the rule is about.
    SourcedId somebody() throws IOException {
        var school = Schools.largestFirst(home.resolve("roster.zip")).getFirst().sourcedId();
        try (var zip = new ZipFile(home.resolve("roster.zip").toFile());
                var rows = CsvReader.builder()
                        .ofNamedCsvRecord(new InputStreamReader(
                                zip.getInputStream(zip.getEntry("roles.csv")), StandardCharsets.UTF_8))) {
            return rows.stream()
                    .filter(row -> row.getField("role").equals("student")
                            && row.getField("orgSourcedId").equals(school))
                    .map(row -> SourcedId.of(row.getField("userSourcedId")))
                    .findFirst()
                    .orElseThrow();
        }
    }

    Standing standing(Rule rule) {
        return live.rooms().outbox().standing(rule.id()).orElseThrow();
    }

    /// The acts of a kind and the answers of the channel, oldest first, as words.
    List<String> ledger(String kind) {
        var found = new ArrayList<String>();
        live.rooms().ledger().pages().all(record -> {
            switch (record) {
                case LedgerRecord.Act act -> {
                    if (act.kind().startsWith(kind)) {
                        found.add(act.kind() + " " + act.facts());
                    }
                }
                case LedgerRecord.Disclosed one -> {
                    if (one.entry().channel().equals("push")) {
                        found.add("entry " + one.number() + " " + one.entry().endpoint() + " "
                                + one.entry().status() + " " + one.entry().reason());
                    }
                }
                case LedgerRecord.Checkpoint _ -> {}
            }
        });
        return found;
    }

    @Override
    public void close() throws IOException {
        hatch.close();
        live.close();
    }
}
