package org.rosterkeep.commands;

import jakarta.json.Json;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.courier.Egress;
import org.rosterkeep.courier.Manifest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep egress`: root's helper, which makes the list of addresses that the courier may reach.
@Command(
        name = "egress",
        description = "Make the list of addresses that the courier may reach; run by root's helper.",
        subcommands = EgressCommands.Show.class,
        footer = {"", "Examples:", "  rosterkeep egress show", "  rosterkeep egress --narrow"})
final class EgressCommands implements Callable<Integer> {
    private static final String MANIFEST = "/run/rosterkeep-egress/manifest.json";

    @Mixin
    private Common common;

    @Option(
            names = "--grants",
            paramLabel = "DIR",
            defaultValue = "/run/rosterkeep-outbound/grants",
            description = "The papers in force (default: ${DEFAULT-VALUE}).")
    private Path grants;

    @Option(
            names = "--operators",
            paramLabel = "FILE",
            defaultValue = "/etc/rosterkeep-courier/operators.json",
            description = "Whose signatures count (default: ${DEFAULT-VALUE}).")
    private Path operators;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            defaultValue = "/run/rosterkeep-egress",
            description = "Where the list goes (default: ${DEFAULT-VALUE}).")
    private Path to;

    @Option(
            names = "--canary",
            paramLabel = "ADDRESS:PORT",
            description = "An address that answers and is never on the list.")
    private Optional<String> canary = Optional.empty();

    @Option(names = "--narrow", description = "Only take away what no paper wants any more; look nothing up.")
    private boolean narrow;

    @Override
    public Integer call() {
        var setting = new Egress.Setting(grants, operators, to, canary.map(EgressCommands::place));
        var egress = new Egress(setting, Clock.systemUTC(), Egress.system());
        var made = narrow ? egress.narrow() : egress.make();
        made.problems().forEach(one -> common.hint(one.place() + ": " + one.what()));
        return common.answer(listed(made.manifest(), made.problems()));
    }

    private static InetSocketAddress place(String text) {
        int colon = text.lastIndexOf(':');
        try {
            var address = java.net.InetAddress.ofLiteral(text.substring(0, Math.max(colon, 0)));
            return new InetSocketAddress(address, Integer.parseInt(text.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw Trouble.wrongUse(
                    "--canary is no address.",
                    "It has to be an address and a port.",
                    "Write one like 127.0.0.86:8086.");
        }
    }

    private static Answer listed(Manifest manifest, List<Egress.Problem> problems) {
        var lines = new ArrayList<String>();
        var places = Json.createArrayBuilder();
        for (var place : manifest.places()) {
            var addresses = place.addresses().stream()
                    .map(java.net.InetAddress::getHostAddress)
                    .toList();
            lines.add("%s:%d  %s  %s%s"
                    .formatted(
                            place.host(),
                            place.port(),
                            String.join(" ", addresses),
                            place.rules().size() == 1
                                    ? "one rule"
                                    : place.rules().size() + " rules",
                            place.internal() ? ", internal" : ""));
            places.add(Json.createObjectBuilder()
                    .add("host", place.host())
                    .add("port", place.port())
                    .add("internal", place.internal())
                    .add("addresses", Json.createArrayBuilder(addresses))
                    .add(
                            "rules",
                            Json.createArrayBuilder(
                                    place.rules().stream().sorted().toList()))
                    .add("resolved", place.resolved().toString()));
        }
        if (lines.isEmpty()) {
            lines.add("The courier may reach nothing.");
        }
        lines.add("Made " + manifest.made() + ".");
        var left = Json.createArrayBuilder();
        problems.forEach(one ->
                left.add(Json.createObjectBuilder().add("place", one.place()).add("what", one.what())));
        return new Answer(
                Json.createObjectBuilder()
                        .add("made", manifest.made().toString())
                        .add("places", places)
                        .add("leftOff", left)
                        .build(),
                lines);
    }

    /// `rosterkeep egress show`: reads the list, and changes nothing.
    @Command(
            name = "show",
            description = "Show which addresses the courier may reach, and for how many rules.",
            footer = {"", "Examples:", "  rosterkeep egress show", "  rosterkeep egress show --json"})
    static final class Show implements Callable<Integer> {
        @Mixin
        private Common common;

        @Option(
                names = "--manifest",
                paramLabel = "FILE",
                defaultValue = MANIFEST,
                description = "The list (default: ${DEFAULT-VALUE}).")
        private Path manifest;

        @Override
        public Integer call() {
            if (!Files.isReadable(manifest)) {
                throw Trouble.notFound(
                        "There is no list of addresses at " + manifest + ".",
                        "The courier reaches nothing without it. On an installed machine: systemctl start"
                                + " rosterkeep-egress.service");
            }
            return common.answer(listed(Manifest.read(manifest), List.of()));
        }
    }
}
