package org.rosterkeep.commands;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Home;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What every verb understands, and how every verb asks the running appliance and prints what it hears.
public final class Common {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "The appliance's directory (else ROSTERKEEP_HOME, /var/lib/rosterkeep, the trial's).")
    private Path home;

    @Option(names = "--json", description = "Answer as JSON on stdout.")
    private boolean json;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, no hints.")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this and stop.")
    private boolean help;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    Home home() {
        return home == null ? Home.standard(System.getenv(), Home.userHome(System.getenv())) : new Home(home);
    }

    /// The home somebody named, on the command line or in the environment, if anybody did.
    Optional<Home> namedHome() {
        return Optional.ofNullable(home).map(Home::new).or(() -> Home.named(System.getenv()));
    }

    boolean json() {
        return json;
    }

    boolean quiet() {
        return quiet;
    }

    PrintWriter out() {
        return spec.commandLine().getOut();
    }

    /// From now on this verb has its own hold of both streams, whoever takes them over.
    void holdStreams() {
        out().flush();
        err().flush();
    }

    PrintWriter err() {
        return spec.commandLine().getErr();
    }

    /// Asks the running appliance and prints its answer; returns the exit code.
    int call(String verb, Args args) {
        return call(verb, args, OutputStream.nullOutputStream());
    }

    /// The same, for an answer that brings a file.
    int call(String verb, Args args, OutputStream file) {
        return new ControlClient(home()).call(verb, args.build(), new Printer(file));
    }

    /// Prints what was found out without asking anybody.
    int answer(Answer answer) {
        print(answer.json(), answer.lines());
        return Exit.OK.code();
    }

    /// Says on stderr what is going on or could be done next.
    void hint(String line) {
        if (!quiet) {
            err().println(line);
            err().flush();
        }
    }

    private void print(JsonObject object, Iterable<String> lines) {
        if (json) {
            out().println(object);
        } else {
            lines.forEach(out()::println);
        }
        out().flush();
    }

    void trouble(String what, String why, String todo) {
        if (json) {
            out().println(Json.createObjectBuilder()
                    .add(
                            "error",
                            Json.createObjectBuilder()
                                    .add("what", what)
                                    .add("why", why)
                                    .add("todo", todo))
                    .build());
            out().flush();
        } else {
            List.of(what, why, todo).forEach(err()::println);
            err().flush();
        }
    }

    /// The arguments of a call; what was not given is left out.
    public static final class Args {
        private final JsonObjectBuilder object = Json.createObjectBuilder();

        public Args with(String name, String value) {
            object.add(name, value);
            return this;
        }

        public Args with(String name, boolean value) {
            object.add(name, value);
            return this;
        }

        public Args with(String name, int value) {
            object.add(name, value);
            return this;
        }

        public Args with(String name, List<String> values) {
            JsonArrayBuilder array = Json.createArrayBuilder();
            values.forEach(array::add);
            object.add(name, array);
            return this;
        }

        /// All of these as well.
        public Args with(Args more) {
            more.build().forEach(object::add);
            return this;
        }

        Args maybe(String name, Optional<String> value) {
            value.ifPresent(text -> object.add(name, text));
            return this;
        }

        JsonObject build() {
            return object.build();
        }
    }

    private final class Printer implements ControlClient.Ear {
        private final OutputStream file;

        Printer(OutputStream file) {
            this.file = file;
        }

        @Override
        public void progress(String line) {
            hint(line);
        }

        @Override
        public void data(byte[] bytes) {
            try {
                file.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void answer(JsonObject object, Iterable<String> lines) {
            print(object, lines);
        }

        @Override
        public void error(String what, String why, String todo) {
            trouble(what, why, todo);
        }
    }
}
