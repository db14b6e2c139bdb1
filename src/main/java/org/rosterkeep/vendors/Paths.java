package org.rosterkeep.vendors;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.rosterkeep.disclosure.Wire;

/// From a raw path to what it names. Fixed segments are compared as sent, undecoded; ids are decoded inside their own
/// segment, so that an id may hold a slash (OneRoster section 2). Empty segments are skipped: clients glue base
/// URLs and
/// paths together with too many slashes.
final class Paths {
    /// The names of a service's own description (OneRoster section 2): that of the binding and that of the conformance
    /// guide.
    static final Set<String> DISCOVERY =
            Set.of("onerosterv1p2rostersservice_openapi3_v1p0.json", "imsorv1p2_rostering_openapi3_v1p0.json");

    private final Map<String, Route> routes = new HashMap<>();

    Paths(List<Route> routes) {
        routes.forEach(route ->
                this.routes.put(key(List.of(route.pattern().substring(1).split("/"))), route));
    }

    Target find(String rawPath) {
        List<String> segments =
                Arrays.stream(rawPath.split("/")).filter(s -> !s.isEmpty()).toList();
        boolean named = !segments.isEmpty() && !RESERVED.contains(segments.getFirst());
        Optional<String> district = named ? Optional.of(Percent.segment(segments.getFirst())) : Optional.empty();
        String prefix = named ? "/" + Percent.tidy(segments.getFirst()) : "";
        return inside(district, prefix, named ? segments.subList(1, segments.size()) : segments);
    }

    /// What a district cannot be called, because the path could mean something else.
    static final Set<String> RESERVED = Set.of("ims", "token", "status", "health", "console");

    private Target inside(Optional<String> district, String prefix, List<String> path) {
        if (path.equals(List.of("status"))) {
            return new Target.Status(district, Wire.V1P2);
        }
        if (district.isEmpty() && path.size() == 2 && path.getFirst().equals("health")) {
            return Health.Probe.named(path.getLast())
                    .<Target>map(probe -> new Target.Health(Wire.V1P2, probe))
                    .orElse(new Target.Nothing(district, Wire.V1P2));
        }
        if (path.equals(List.of("token")) || path.equals(List.of("ims", "oneroster", "token"))) {
            return new Target.Token(district, Wire.V1P2);
        }
        if (starts(path, V1P2)) {
            return service(district, prefix, Wire.V1P2, V1P2, path.subList(V1P2.size(), path.size()));
        }
        if (starts(path, V1P1)) {
            return service(district, prefix, Wire.V1P1, V1P1, path.subList(V1P1.size(), path.size()));
        }
        return new Target.Nothing(district, Wire.V1P2);
    }

    private Target service(Optional<String> district, String prefix, Wire wire, List<String> base, List<String> path) {
        String service = prefix + "/" + String.join("/", base);
        if (wire == Wire.V1P2
                && path.size() == 2
                && path.getFirst().equals("discovery")
                && DISCOVERY.contains(path.getLast())) {
            return new Target.Discovery(district, wire, prefix, service);
        }
        Route route = routes.get(key(path));
        if (route == null) {
            return new Target.Nothing(district, wire);
        }
        List<String> ids = new ArrayList<>();
        for (int i = 1; i < path.size(); i += 2) {
            ids.add(Percent.segment(path.get(i)));
        }
        return new Target.Roster(district, wire, service, route, ids);
    }

    /// Every rostering path alternates a collection and an id: the collections and the length name the route.
    private static String key(List<String> path) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < path.size(); i += 2) {
            key.append(path.get(i)).append('/');
        }
        return key.append(path.size()).toString();
    }

    private static boolean starts(List<String> path, List<String> with) {
        return path.size() >= with.size() && path.subList(0, with.size()).equals(with);
    }

    private static final List<String> V1P2 = List.of("ims", "oneroster", "rostering", "v1p2");
    private static final List<String> V1P1 = List.of("ims", "oneroster", "v1p1");
}
