package org.rosterkeep.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.fixture.MadeUpDistrict;
import org.rosterkeep.keys.KeyRing;
import org.rosterkeep.keys.UnsealingFile;
import org.rosterkeep.roster.Catalogue;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Relations;
import org.rosterkeep.roster.SourcedId;
import org.rosterkeep.vault.Vault;

@DisplayName("An import into a real vault")
class IntakeIntoVaultTest {
    private static final MadeUpDistrict.Shape SHAPE =
            MadeUpDistrict.Shape.of(600).schools(2).guardians(1);

    @TempDir
    private Path directory;

    private KeyRing keys;
    private Vault vault;

    @BeforeEach
    void open() {
        SecureRandom random = new SecureRandom();
        keys = KeyRing.create(
                directory.resolve("keys"), UnsealingFile.create(directory.resolve("unseal"), random), random);
        vault = Vault.open(directory, keys, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        vault.close();
        keys.close();
    }

    private Report run(Source source, Options options) {
        return new Intake(
                        Catalogue.shipped(),
                        Limits.shipped(),
                        vault,
                        vault,
                        (kind, actor, facts) -> 1,
                        Clock.systemUTC())
                .run(source, options, Progress.unwatched());
    }

    private Report run(MadeUpDistrict.Shape shape) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        new MadeUpDistrict(shape).zip(zip);
        return run(new Source.Held(zip.toByteArray()), Options.of("test"));
    }

    @Test
    @DisplayName("lands, lands again as no change, and a second night changes who changed")
    void nights() throws IOException {
        Report first = run(SHAPE);
        assertEquals(Report.Outcome.APPLIED, first.outcome());
        assertEquals(0, first.quarantined());
        Relations relations = vault.relations();
        assertEquals(first.of(Entity.USER).added(), relations.live(Entity.USER).getLongCardinality());
        assertEquals(
                first.of(Entity.ENROLLMENT).added(),
                relations.live(Entity.ENROLLMENT).getLongCardinality());
        assertTrue(relations.age13Plus().getLongCardinality() > 0);
        assertEquals(2, relations.schools().getCardinality());

        Report again = run(SHAPE);
        assertEquals(Report.Outcome.UNCHANGED, again.outcome());
        assertEquals(first.batch(), again.batch());

        Report second = run(SHAPE.changed(0.1));
        assertEquals(Report.Outcome.APPLIED, second.outcome());
        assertTrue(second.of(Entity.USER).changed() > 20);
        assertEquals(0, second.of(Entity.ENROLLMENT).changed());
    }

    @Test
    @DisplayName("survives closing: a delta after opening again keeps what it does not name")
    void deltaAfterOpening() {
        run(World.sample("v1p2-bulk-tiny"), Options.of("test"));
        vault.close();
        vault = Vault.open(directory, keys, Clock.systemUTC());
        Report report = run(World.sample("v1p2-delta-tiny"), Options.of("test"));

        assertEquals(Report.Outcome.APPLIED, report.outcome());
        int changed = vault.find(Entity.USER, SourcedId.of("usr-st3"));
        assertEquals(1, vault.relations().roleCount(changed));
        assertEquals("student", vault.relations().role(changed, 0));
        assertEquals(5, vault.relations().live(Entity.ENROLLMENT).getCardinality());
    }

    @Test
    @DisplayName("holds removals and does them when they are released, with the enrolments of who goes")
    void release() throws IOException {
        run(SHAPE);
        MadeUpDistrict.Shape fewer = new MadeUpDistrict.Shape(
                300, 1, SHAPE.seed(), SHAPE.form(), SHAPE.ids(), SHAPE.guardians(), SHAPE.demographics(), 0, false);
        Report report = run(fewer);
        assertTrue(report.of(Entity.USER).held() > 300);
        long before = vault.relations().live(Entity.USER).getLongCardinality();

        Intake intake = new Intake(
                Catalogue.shipped(), Limits.shipped(), vault, vault, (kind, actor, facts) -> 1, Clock.systemUTC());
        assertTrue(intake.release(report.heldId().orElseThrow(), "operator").isPresent());

        Relations after = vault.relations();
        assertEquals(
                before - report.of(Entity.USER).held(), after.live(Entity.USER).getLongCardinality());
        after.live(Entity.ENROLLMENT)
                .forEach((int enrollment) ->
                        assertTrue(after.live(Entity.USER).contains(after.enrollmentUser(enrollment))));
    }

    @Test
    @DisplayName("leaves no value readable in any file of the district")
    void nothingReadable() throws IOException {
        assertEquals(Report.Outcome.APPLIED, run(SHAPE.canary(true)).outcome());
        vault.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertFalse(new String(Files.readAllBytes(file), ISO_8859_1).contains("CANARY"), file.toString());
            }
        }
        vault = Vault.open(directory, keys, Clock.systemUTC());
    }
}
