package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.access.OAuthScope;
import org.rosterkeep.disclosure.Collection;
import org.rosterkeep.disclosure.Wire;

class RouteTest {
    private final Paths paths = new Paths(Route.all());

    @Test
    @DisplayName("the routes and who may use them are the golden list")
    void golden() throws IOException {
        Golden.check(
                "routes.txt",
                Route.all().stream()
                        .map(route -> "GET HEAD  %-44s %-18s %s"
                                .formatted(
                                        route.pattern(),
                                        route.single()
                                                ? "one of " + route.collection().segment()
                                                : "many",
                                        route.scopesInOrder().stream()
                                                .map(OAuthScope::word)
                                                .collect(Collectors.joining(" ")))
                                .stripTrailing())
                        .collect(Collectors.joining("\n", "", "\n")));
    }

    @Test
    @DisplayName("there are the standard's 41 paths, each once")
    void count() {
        assertEquals(41, Route.all().stream().map(Route::pattern).distinct().count());
    }

    @Test
    @DisplayName("every path is found under both services, with and without a district")
    void found() {
        for (Route route : Route.all()) {
            String path = route.pattern().replace("{id}", "a%2Fb").replace("{cid}", "c%40d");
            for (String prefix : List.of("", "/north")) {
                for (String service : List.of("/ims/oneroster/rostering/v1p2", "/ims/oneroster/v1p1")) {
                    Target.Roster target =
                            assertInstanceOf(Target.Roster.class, paths.find(prefix + service + path), path);
                    assertEquals(route, target.route());
                    assertEquals(prefix + service, target.service());
                    assertEquals(prefix.isEmpty() ? Optional.empty() : Optional.of("north"), target.district());
                    assertEquals(List.of("a/b", "c@d").subList(0, route.ids()), target.ids());
                    assertEquals(service.endsWith("2") ? Wire.V1P2 : Wire.V1P1, target.wire());
                }
            }
        }
    }

    @Test
    @DisplayName("a core scope opens no nested path and no demographics")
    void core() {
        for (Route route : Route.all()) {
            boolean core = route.scopes().contains(OAuthScope.ROSTER_CORE);
            assertEquals(
                    route.parents().isEmpty() && route.collection() != Collection.DEMOGRAPHICS, core, route.pattern());
            if (route.collection() == Collection.DEMOGRAPHICS) {
                assertEquals(Set.of(OAuthScope.ROSTER_DEMOGRAPHICS), route.scopes());
            }
        }
    }

    @Test
    @DisplayName("slashes too many are forgiven; dots, wrong case and unknown paths are not")
    void strictness() {
        assertInstanceOf(Target.Roster.class, paths.find("//ims/oneroster/v1p1//users/"));
        for (String path : List.of(
                "/ims/oneroster/v1p1/Users",
                "/ims/oneroster/v1p1/%75sers",
                "/ims/oneroster/v1p1/users/1/2",
                "/ims/oneroster/v1p1/../v1p1/users",
                "/ims/oneroster/v1p1/resources",
                "/ims/oneroster/v1p2/users",
                "/ims/oneroster/v1p1/users;x=1",
                "/ims/oneroster/v1p1",
                "/north",
                "/",
                "")) {
            assertInstanceOf(Target.Nothing.class, paths.find(path), path);
        }
    }
}
