package org.rosterkeep.appliance;

import jakarta.json.Json;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;

/// What can be asked of the appliance as a whole.
final class ApplianceVerbs {
    private final Appliance appliance;
    private final Clock clock;

    ApplianceVerbs(Appliance appliance, Clock clock) {
        this.appliance = appliance;
        this.clock = clock;
    }

    void into(Verbs verbs) {
        verbs.with("status", (call, meanwhile) -> status()).with("stop", (call, meanwhile) -> stop());
    }

    private Answer status() {
        var up = Duration.between(appliance.started(), clock.instant());
        var json = Json.createObjectBuilder()
                .add("running", true)
                .add("version", VersionCommand.Build.number())
                .add("home", appliance.home().directory().toString())
                .add("pid", ProcessHandle.current().pid())
                .add("upSeconds", up.toSeconds());
        var lines = new ArrayList<String>();
        lines.add("rosterkeep " + VersionCommand.Build.number() + ", up "
                + up.truncatedTo(java.time.temporal.ChronoUnit.SECONDS) + ", process "
                + ProcessHandle.current().pid());
        return new Answer(json.build(), lines);
    }

    private Answer stop() {
        appliance.stop();
        return Answer.of(Json.createObjectBuilder().add("stopping", true).build(), "stopping");
    }
}
