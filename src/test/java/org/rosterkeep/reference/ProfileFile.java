package org.rosterkeep.reference;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rosterkeep.reference.Model.*;

/// The district's profile as its people would have written it, with what the board designated as directory information.
/// The words of evidence that a basis on directory information needs are here, in what the profile says of the
/// designation, and not in the rule.
record ProfileFile(Case made) {
    private static final int LONG_AGO = 60;

    /// As it was when the rule was drafted: everything the rule gives designated that can be, for anybody, and the
    /// window closed long ago.
    byte[] asDrafted() {
        var catalogue = made.world().catalogue();
        var designated = made.rule().granted().stream()
                .filter(id -> Optional.ofNullable(catalogue.get(id))
                        .map(e -> e.directory() != Eligible.NEVER || barred(e))
                        .orElse(true))
                .collect(toCollection(TreeSet::new));
        var factors = designated.stream()
                .filter(id -> Optional.ofNullable(catalogue.get(id))
                        .filter(e -> e.directory() == Eligible.CONDITIONAL)
                        .isPresent())
                .collect(toCollection(TreeSet::new));
        return file(false, directory(designated, factors, Optional.empty(), LONG_AGO, LONG_AGO));
    }

    /// What is barred was told as something milder when the rule was drafted.
    private static boolean barred(Element e) {
        return e.sensitive() == Sensitive.CREDENTIAL
                || e.sensitive() == Sensitive.PROHIBITED
                || e.forward() == Forward.NEVER;
    }

    /// As the world says. What cannot be designated is left out, as no file may name it; the window has closed, at its
    /// latest, with the day before.
    byte[] asItIs() {
        var stated = made.rule().stated();
        var told = made.world().controller().directory();
        var factors = new TreeSet<>(told.secondFactor());
        factors.retainAll(told.designated());
        var designated = told.designated().stream()
                .filter(id -> Optional.ofNullable(made.world().catalogue().get(id))
                        .filter(e -> e.directory() == Eligible.ELIGIBLE
                                || e.directory() == Eligible.CONDITIONAL && factors.contains(id))
                        .isPresent())
                .collect(toCollection(TreeSet::new));
        factors.retainAll(designated);
        var noticed = stated.contains("public_notice") ? 1 : -1;
        var closed = stated.contains("opt_out_window_closed") ? 1 : 0;
        var directory = directory(designated, factors, told.limit(), noticed, Math.min(noticed, closed));
        return file(made.world().controller().localised(), stated.contains("board_designation") ? directory : Map.of());
    }

    /// @param noticed so many days before the question people were told
    /// @param until so many days before it was the last day to opt out
    private Map<String, Object> directory(
            Set<String> elements, Set<String> factors, Optional<Limit> limit, int noticed, int until) {
        var directory = new TreeMap<String, Object>(Map.of(
                "by",
                "the board (made up)",
                "on",
                before(LONG_AGO),
                "notice",
                "web site",
                "noticed",
                before(noticed),
                "optOutUntil",
                before(until),
                "elements",
                elements));
        if (!factors.isEmpty()) {
            directory.put("secondFactor", factors.stream().collect(toMap(id -> id, _ -> "a secret besides")));
        }
        limit.ifPresent(to -> directory.put("limit", limit(to)));
        return directory;
    }

    private Map<String, Object> limit(Limit to) {
        var limit = new TreeMap<String, Object>(Map.of("vendors", new TreeSet<>(to.vendors())));
        var purposes = new TreeSet<>(to.purposes());
        // To be limited to every purpose there is, and more, is not to be limited by purpose.
        if (!purposes.containsAll(made.world().law().purposes())) {
            limit.put("purposes", purposes);
        }
        return limit;
    }

    private String before(int days) {
        Instant now = made.question().now();
        return LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(days).toString();
    }

    private byte[] file(boolean localised, Map<String, Object> directory) {
        var of = made.world().controller();
        var contact = Map.of("name", "Example Office", "address", "office@district.example");
        var profile = new TreeMap<String, Object>(Map.of(
                "legalName",
                "Example District",
                "kind",
                of.publicAuthority() ? "public-authority" : "private",
                "country",
                of.home(),
                "packs",
                of.regimes().stream().map(r -> Files.pack(r.name())).sorted().toList(),
                "localised",
                localised,
                "privacyContact",
                contact,
                "dataProtectionOfficer",
                contact,
                "regulator",
                contact));
        if (!directory.isEmpty()) {
            profile.put("directory", directory);
        }
        return Files.bytes(profile);
    }
}
