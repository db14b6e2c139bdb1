package org.rosterkeep.commands;

import jakarta.json.JsonObject;
import java.util.function.Consumer;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.Trouble;

/// Asks the running appliance from inside a program: answers are values, errors are [Trouble].
public final class Asker {
    private final ControlClient client;
    private final Consumer<String> progress;

    public Asker(Home home, Consumer<String> progress) {
        this.client = new ControlClient(home);
        this.progress = progress;
    }

    public JsonObject ask(String verb, Common.Args args) {
        var heard = new Heard();
        int exit = client.call(verb, args.build(), heard);
        if (exit != Exit.OK.code()) {
            throw new Trouble(Exit.of(exit), heard.what, heard.why, heard.todo);
        }
        return heard.json;
    }

    private final class Heard implements ControlClient.Ear {
        private JsonObject json = JsonObject.EMPTY_JSON_OBJECT;
        private String what = "";
        private String why = "";
        private String todo = "";

        @Override
        public void progress(String line) {
            progress.accept(line);
        }

        @Override
        public void data(byte[] bytes) {
            throw new IllegalStateException("no file was asked for");
        }

        @Override
        public void answer(JsonObject answer, Iterable<String> lines) {
            json = answer;
        }

        @Override
        public void error(String whatHappened, String reason, String remedy) {
            what = whatHappened;
            why = reason;
            todo = remedy;
        }
    }
}
