package org.rosterkeep.oracle;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.rosterkeep.appliance.LiveDistrict;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.intake.Report;

/// One of several districts with equal keys, people and rules, each with a roster of its own.
final class Twin implements AutoCloseable {
    final TwinRoster roster;
    final LiveDistrict district;
    private final Map<String, String> secrets;
    private final Map<String, Pull> pulls = new HashMap<>();
    private final Path deliveries;
    private int delivered;

    /// A district without a roster, closed, to be copied; and its clients' secrets.
    record Mould(Path home, Map<String, String> secrets) {
        static Mould make(Path home, Clock clock, long seed, List<Rules> rules) throws Exception {
            return make(home, clock, seed, rules, TwinRules.AMERICAN);
        }

        static Mould make(Path home, Clock clock, long seed, List<Rules> rules, TwinRules.Place place)
                throws Exception {
            SecureRandom random = SecureRandom.getInstance("SHA1PRNG");
            random.setSeed(seed);
            Map<String, String> secrets = new TreeMap<>();
            try (LiveDistrict district = LiveDistrict.make(home, clock, random)) {
                district.sign(place.district(), place.vendor(), Papers.agreement());
                List<String> made =
                        district.activate(rules.stream().map(place.file()).toList());
                for (int n = 0; n < rules.size(); n++) {
                    secrets.put(rules.get(n).id(), made.get(n));
                }
            }
            return new Mould(home, secrets);
        }
    }

    Twin(Mould mould, Path home, Clock clock, TwinRoster roster) throws IOException {
        this.roster = roster;
        LiveDistrict.copy(mould.home(), home);
        deliveries = home.resolveSibling(home.getFileName() + "-deliveries");
        district = LiveDistrict.find(home, clock);
        secrets = mould.secrets();
    }

    /// Imports what the roster is like in this round.
    void take(int round) throws IOException {
        take(write(round), Optional.empty());
    }

    /// What the roster is like in this round, as a delivery that was not imported yet.
    Path write(int round) throws IOException {
        Path folder = deliveries.resolve("d" + delivered++);
        roster.write(folder, round);
        return folder;
    }

    /// Imports a delivery, under a mapping if there is one.
    Report take(Path folder, Optional<Path> mapping) {
        var report = district.take(folder, java.util.Set.copyOf(Papers.grantable()), mapping);
        if (report.quarantined() > 0) {
            throw new AssertionError("a row that was put aside shows in the view: " + report.findings());
        }
        switch (report.outcome()) {
            case APPLIED, UNCHANGED -> pulls.clear();
            case REFUSED, BUSY, CANCELLED, DRY_RUN ->
                throw new AssertionError(report.findings().toString());
        }
        return report;
    }

    /// Imports a delivery; what it takes away too much of is held.
    ///
    /// @return what is held, if anything
    Optional<String> takeGuarded(Path folder) {
        var report = district.takeGuarded(folder, java.util.Set.copyOf(Papers.grantable()));
        if (report.quarantined() > 0 || report.outcome() != Report.Outcome.APPLIED) {
            throw new AssertionError(report.outcome() + ": " + report.findings());
        }
        pulls.clear();
        return report.heldId();
    }

    /// Does what an import held.
    void release(String held) {
        district.release(held);
        pulls.clear();
    }

    /// Tokens are fetched anew, as when the old ones are over.
    void forgetTokens() {
        pulls.clear();
    }

    /// The client of this rule, with a token fetched since the last import.
    Pull as(String rule) {
        return pulls.computeIfAbsent(rule, _ -> Pull.as(district, rule, secrets.get(rule)));
    }

    Pull withSecret(String rule) {
        return Pull.withSecret(district, rule, secrets.get(rule));
    }

    @Override
    public void close() {
        district.close();
    }
}
