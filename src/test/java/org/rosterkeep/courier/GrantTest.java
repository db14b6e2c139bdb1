package org.rosterkeep.courier;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Papers;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Signature;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.Way;

class GrantTest {
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final Target TARGET = Paperwork.target("vendor.example", 443);
    private static final String TEXT = Paperwork.text(Way.HTTPS_JSON, TARGET);

    @TempDir
    Path directory;

    private final Paperwork paperwork = new Paperwork();
    private Anchors anchors;

    @BeforeEach
    void anchor() throws Exception {
        anchors = Anchors.read(paperwork.anchors(directory, "anna", "ben", "cleo"));
    }

    @Test
    @DisplayName("what one asked for and another approved is a grant for its target and its fields")
    void good() {
        var grant = Grant.of(paperwork.papers(TEXT), anchors, NOW);
        assertEquals(TARGET, grant.target());
        assertEquals(Way.HTTPS_JSON, grant.way());
        grant.cover(paperwork.order(Way.HTTPS_JSON, TARGET));
    }

    @Test
    @DisplayName("one person alone is not two, whatever the names and however often they sign")
    void alone() throws Exception {
        refused(Code.GRANT_UNSIGNED, papers());
        refused(Code.GRANT_UNSIGNED, papers(sign("anna", "propose")));
        refused(Code.GRANT_UNSIGNED, papers(sign("anna", "propose"), sign("anna", "approve")));
        refused(Code.GRANT_UNSIGNED, papers(sign("ben", "approve"), sign("cleo", "approve")));
        refused(Code.GRANT_UNSIGNED, papers(sign("anna", "propose"), sign("ben", "opinion")));
        refused(Code.GRANT_UNSIGNED, papers(sign("anna", "propose"), sign("ben", "resume")));
        paperwork.twin("anna-too", "anna");
        anchors = Anchors.read(paperwork.anchors(directory, "anna", "anna-too"));
        refused(Code.GRANT_UNSIGNED, papers(sign("anna", "propose"), sign("anna-too", "approve")));
    }

    @Test
    @DisplayName(
            "a signature of somebody who is not anchored, of another district, or moved from another text, is none")
    void foreign() throws Exception {
        anchors = Anchors.read(paperwork.anchors(directory, "anna"));
        refused(Code.GRANT_UNSIGNED, paperwork.papers(TEXT));
        anchors = Anchors.read(paperwork.anchors(directory, "anna", "ben"));
        var good = paperwork.papers(TEXT);
        refused(Code.GRANT_UNSIGNED, new Papers("shelbyville", TEXT, good.endorsements(), Map.of()));
        refused(
                Code.GRANT_UNSIGNED,
                new Papers(Paperwork.DISTRICT, TEXT.replace("\"DE\"", "\"US\""), good.endorsements(), Map.of()));
        refused(Code.GRANT_UNSIGNED, new Papers(Paperwork.DISTRICT, TEXT + " ", good.endorsements(), Map.of()));
        var ben = sign("ben", "approve");
        for (var changed : List.of(
                new Signature("cleo", ben.act(), ben.at(), ben.roles(), ben.signature()),
                new Signature("ben", "propose", ben.at(), ben.roles(), ben.signature()),
                new Signature("ben", ben.act(), ben.at().plusSeconds(1), ben.roles(), ben.signature()),
                new Signature("ben", ben.act(), ben.at(), Set.of(), ben.signature()),
                new Signature("ben", ben.act(), ben.at(), Set.of("approver", "auditor"), ben.signature()),
                new Signature("ben", ben.act(), ben.at(), ben.roles(), "AAAA"),
                new Signature("ben", ben.act(), ben.at(), ben.roles(), "no base64"))) {
            refused(Code.GRANT_UNSIGNED, papers(sign("anna", "propose"), changed));
        }
    }

    @Test
    @DisplayName("who has to be independent never approves, and nobody signs tomorrow")
    void counting() {
        var officer = paperwork.sign(
                "ben", "approve", TEXT, NOW.minusSeconds(60), Set.of("approver", "data-protection-officer"));
        refused(Code.GRANT_UNSIGNED, papers(sign("anna", "propose"), officer));
        var tomorrow = paperwork.sign("ben", "approve", TEXT, NOW.plusSeconds(86_400), Set.of("approver"));
        refused(Code.GRANT_UNSIGNED, papers(sign("anna", "propose"), tomorrow));
        Grant.of(papers(tomorrow, sign("anna", "propose"), sign("cleo", "approve")), anchors, NOW);
    }

    @Test
    @DisplayName("it holds from its first instant to the one before its last")
    void force() {
        var papers = paperwork.papers(TEXT);
        Grant.of(papers, anchors, Paperwork.UNTIL.minusMillis(1));
        refused(Code.GRANT_NOT_IN_FORCE, papers, Paperwork.UNTIL);
        refused(Code.GRANT_NOT_IN_FORCE, papers, Paperwork.FROM.minusMillis(1));
    }

    @Test
    @DisplayName("an order that goes elsewhere, another way or further than the text is refused")
    void cover() {
        var grant = Grant.of(paperwork.papers(TEXT), anchors, NOW);
        for (var other : List.of(
                Paperwork.target("vendor.example", 444),
                Paperwork.target("vendor.example.com", 443),
                Paperwork.pinned(TARGET, "x"),
                new Target(
                        "vendor.example",
                        443,
                        "/v1/roster",
                        "DE",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Target(
                        "vendor.example",
                        443,
                        TARGET.path(),
                        "US",
                        true,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                new Target(
                        "vendor.example",
                        443,
                        TARGET.path(),
                        "DE",
                        false,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()))) {
            uncovered(Code.GRANT_TARGET, grant, order(Way.HTTPS_JSON, other, Map.of()));
        }
        uncovered(Code.GRANT_TARGET, grant, order(Way.HTTPS_ZIP, TARGET, Map.of()));
        uncovered(Code.GRANT_TARGET, grant, order(Way.SIS_GET, TARGET, Map.of()));
        uncovered(Code.GRANT_FIELDS, grant, order(Way.HTTPS_JSON, TARGET, Map.of("user", Set.of("email"))));
        uncovered(Code.GRANT_FIELDS, grant, order(Way.HTTPS_JSON, TARGET, Map.of("demographics", Set.of("sex"))));
        uncovered(Code.GRANT_FIELDS, grant, order(Way.HTTPS_JSON, TARGET, Map.of("user", Set.of("shoeSize"))));
        uncovered(Code.GRANT_FIELDS, grant, order(Way.HTTPS_JSON, TARGET, Map.of("user", Set.of("", "sourcedId"))));
        grant.cover(order(Way.HTTPS_JSON, TARGET, Map.of("user", Set.of("givenName"))));
    }

    @Test
    @DisplayName(
            "of a service, a page of a collection may be asked for: one word below the signed path, and nothing beside"
                    + " it")
    void below() {
        var service = TARGET.under("/ims/oneroster/rostering/v1p2");
        var grant = Grant.of(paperwork.papers(Paperwork.text(Way.SIS_GET, service)), anchors, NOW);
        String base = service.path();
        for (var path : List.of("/users", "/users?limit=1&offset=2&filter=a%3E%3D%27b%27", "/orgs?", "")) {
            grant.cover(order(Way.SIS_GET, service.under(base + path), Map.of()));
        }
        for (var path : List.of("/", "/users/1", "/users/..", "users", "/users%2f..", "/users;x", "/u2")) {
            uncovered(Code.GRANT_TARGET, grant, order(Way.SIS_GET, service.under(base + path), Map.of()));
        }
        uncovered(
                Code.GRANT_TARGET,
                grant,
                order(Way.SIS_GET, Paperwork.target("vendor.example", 444).under(base + "/users"), Map.of()));
        uncovered(
                Code.GRANT_TARGET,
                grant,
                order(Way.SIS_GET, Paperwork.pinned(service.under(base + "/users"), "x"), Map.of()));
        var pushed = Grant.of(paperwork.papers(Paperwork.text(Way.HTTPS_JSON, service)), anchors, NOW);
        uncovered(Code.GRANT_TARGET, pushed, order(Way.HTTPS_JSON, service.under(base + "/users"), Map.of()));
    }

    @Test
    @DisplayName("a text that permits to send permits nothing else, and one that cannot be read permits nothing")
    void unreadable() {
        for (var text : List.of(
                "",
                "{}",
                "[]",
                TEXT.replace("push", "pull"),
                TEXT.replace("\"port\":443", "\"port\":0"),
                TEXT.replace("https-json", "http-json"),
                TEXT.replace("https-json", "sis-get"),
                TEXT.replace("\"internal\":true", "\"internal\":\"true\""),
                TEXT.replace("\"fields\"", "\"field\""),
                TEXT.replaceFirst("\\{", "{\"id\":\"x\","))) {
            if (!text.isEmpty()) {
                var fault = assertThrows(Refused.class, () -> Grant.of(paperwork.papers(text), anchors, NOW), text);
                assertEquals(true, fault.code() == Code.GRANT_UNREADABLE || fault.code() == Code.GRANT_TARGET, text);
            }
        }
    }

    @Test
    @DisplayName("a list of operators that is missing or damaged anchors nobody")
    void damaged() throws Exception {
        var file = directory.resolve("operators.json");
        for (var text : List.of(
                "",
                "{}",
                "[{}]",
                "[1]",
                Files.readString(file).replace("publicKeys", "keys"),
                Files.readString(file).replaceFirst("MCow", "AAAA"))) {
            Files.writeString(file, text);
            assertThrows(Anchors.AnchorsFault.class, () -> Anchors.read(file), text);
        }
        Files.delete(file);
        assertThrows(Anchors.AnchorsFault.class, () -> Anchors.read(file));
    }

    private Signature sign(String operator, String act) {
        return paperwork.sign(operator, act, TEXT);
    }

    private static Papers papers(Signature... signatures) {
        return new Papers(Paperwork.DISTRICT, TEXT, List.of(signatures), Map.of());
    }

    private void refused(Code code, Papers papers) {
        refused(code, papers, NOW);
    }

    private void refused(Code code, Papers papers, Instant now) {
        assertEquals(
                code,
                assertThrows(Refused.class, () -> Grant.of(papers, anchors, now))
                        .code());
    }

    private static void uncovered(Code code, Grant grant, Order order) {
        assertEquals(
                code,
                assertThrows(Refused.class, () -> grant.cover(order), order.toString())
                        .code());
    }

    private Order order(Way way, Target target, Map<String, Set<String>> fields) {
        return new Order(
                "delivery-0123456789",
                way,
                target,
                Optional.empty(),
                Map.of(),
                Secret.NONE,
                paperwork.papers(TEXT),
                fields,
                1,
                1);
    }
}
