package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.disclosure.Wire;
import org.rosterkeep.vendors.Complaint;
import org.rosterkeep.vendors.Route;
import org.rosterkeep.vendors.Sighting;

@DisplayName("A call sheet")
class CallSheetTest {
    private static final CallSheet.Pull USERS = new CallSheet.Pull("v1p2", "/users", false);

    private final CallSheet sheet = new CallSheet(1);

    private static Route route(String pattern) {
        return Route.all().stream()
                .filter(one -> one.pattern().equals(pattern))
                .findFirst()
                .orElseThrow();
    }

    private void page(long offset, long count, long total) {
        page(new Sighting.Query(offset, 10, false, false, Set.of(), Set.of(), Set.of()), count, total);
    }

    private void page(Sighting.Query query, long count, long total) {
        sheet.saw(new Sighting(
                new Sighting.Place.Roster(route("/users")),
                Wire.V1P2,
                "GET",
                200,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(query),
                Optional.of(new Sighting.Given(total, count, 0, false))));
    }

    private Pulled users() {
        return sheet.pulls().get(USERS);
    }

    @Test
    @DisplayName("knows a run through all pages, in order or not, from one that stopped half-way")
    void runs() {
        page(0, 10, 25);
        page(20, 5, 25);
        assertEquals(0, users().whole());
        page(10, 10, 25);
        assertEquals(1, users().runs());
        assertEquals(1, users().whole());
        page(0, 10, 25);
        page(10, 10, 25);
        assertEquals(2, users().runs());
        assertEquals(1, users().whole(), "the last page was not fetched");
        page(0, 10, 25);
        assertEquals(3, users().runs(), "a page fetched again begins another run");
        assertEquals(6, users().pages());
        assertEquals(55, users().records());
    }

    @Test
    @DisplayName("takes an empty collection for fetched whole, and a filtered one for no run at all")
    void special() {
        page(0, 0, 0);
        assertEquals(1, users().whole());
        page(new Sighting.Query(0, 10, false, true, Set.of("status"), Set.of(), Set.of()), 3, 3);
        assertEquals(1, users().runs());
        page(new Sighting.Query(0, 10, true, false, Set.of("dateLastModified"), Set.of(), Set.of()), 3, 3);
        assertEquals(
                1, sheet.pulls().get(new CallSheet.Pull("v1p2", "/users", true)).whole());
    }

    @Test
    @DisplayName("repeats nothing a client wrote, and stays small whatever a client sends")
    void words() {
        for (int n = 0; n < 10_000; n++) {
            sheet.saw(new Sighting(
                    new Sighting.Place.Roster(route("/users")),
                    Wire.V1P2,
                    "METHOD" + n,
                    400,
                    Optional.of(Complaint.FILTER_FIELD),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.of(new Sighting.Query(0, 1, false, true, Set.of("Ada" + n), Set.of(), Set.of())),
                    Optional.empty()));
        }
        var text = new String(sheet.document(), StandardCharsets.UTF_8);
        assertFalse(text.contains("Ada") || text.contains("METHOD"), text);
        assertTrue(text.length() < 1_000, "length " + text.length());
        assertEquals(10_000L, sheet.refused().get(new CallSheet.Asked(CallSheet.ANOTHER, "filter")));
    }

    @Test
    @DisplayName("is the same after it was put down and taken up")
    void kept() {
        page(0, 10, 10);
        page(0, 4, 10);
        sheet.day(3);
        page(4, 4, 10);
        var again = CallSheet.read(sheet.document());
        assertEquals(sheet.calls(), again.calls());
        assertEquals(
                List.of(users().runs(), users().whole(), users().pages()),
                List.of(
                        again.pulls().get(USERS).runs(),
                        again.pulls().get(USERS).whole(),
                        again.pulls().get(USERS).pages()));
    }
}
