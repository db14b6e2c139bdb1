package org.rosterkeep.commands;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.Trouble;

/// The calling end of the control socket: one call, one connection.
public final class ControlClient {
    private final Home home;

    public ControlClient(Home home) {
        this.home = home;
    }

    /// What the caller hears.
    public interface Ear {
        void progress(String line);

        void data(byte[] bytes);

        void answer(JsonObject json, Iterable<String> lines);

        void error(String what, String why, String todo);
    }

    public boolean running() {
        try (var channel = SocketChannel.open(UnixDomainSocketAddress.of(home.socket()))) {
            return channel.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    /// Calls the verb and listens to the end; returns the exit code.
    public int call(String verb, JsonObject args, Ear ear) {
        var request =
                Json.createObjectBuilder().add("verb", verb).add("args", args).build();
        try (var channel = connect()) {
            var out = Channels.newWriter(channel, StandardCharsets.UTF_8);
            out.write(request + "\n");
            out.flush();
            return listen(new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8)), ear);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The appliance stopped answering.",
                            "The connection to " + home.socket() + " broke.",
                            "See whether it still runs: rosterkeep status --home " + home.directory())
                    .because(e);
        }
    }

    private SocketChannel connect() {
        try {
            return SocketChannel.open(UnixDomainSocketAddress.of(home.socket()));
        } catch (java.nio.file.AccessDeniedException e) {
            throw denied(e);
        } catch (IOException e) {
            if (String.valueOf(e.getMessage()).contains("Permission denied")) {
                throw denied(e);
            }
            throw new Trouble(
                            Exit.NOT_RUNNING,
                            "The appliance is not running.",
                            "Nobody answers at " + home.socket() + ".",
                            "Start it with: rosterkeep serve --home " + home.directory()
                                    + "  (or name the right --home)")
                    .because(e);
        }
    }

    private Trouble denied(IOException cause) {
        return new Trouble(
                        Exit.REFUSED,
                        "This user may not steer the appliance.",
                        "The home " + home.directory() + " belongs to another user.",
                        "Run the command as that user, or as root.")
                .because(cause);
    }

    private static int listen(BufferedReader in, Ear ear) throws IOException {
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            JsonObject answer;
            try (var reader = Json.createReader(new StringReader(line))) {
                answer = reader.readObject();
            }
            if (answer.containsKey("exit")) {
                return answer.getInt("exit");
            }
            hear(answer, ear);
        }
        throw new IOException("the answer has no end");
    }

    private static void hear(JsonObject answer, Ear ear) {
        if (answer.containsKey("progress")) {
            ear.progress(answer.getString("progress"));
        } else if (answer.containsKey("data")) {
            ear.data(Base64.getDecoder().decode(answer.getString("data")));
        } else if (answer.containsKey("json")) {
            ear.answer(
                    answer.getJsonObject("json"),
                    answer.getJsonArray("lines").getValuesAs(jakarta.json.JsonString::getString));
        } else if (answer.containsKey("error")) {
            var error = answer.getJsonObject("error");
            ear.error(error.getString("what"), error.getString("why"), error.getString("todo"));
        }
    }
}
