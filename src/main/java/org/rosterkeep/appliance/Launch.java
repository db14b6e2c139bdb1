package org.rosterkeep.appliance;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Starts the same program once more, as a process that outlives this one.
public final class Launch {
    /// The way in, by name: the frame does not know the command line.
    private static final String MAIN = "org.rosterkeep.commands.Main";

    private Launch() {}

    /// Starts `rosterkeep serve` in the home, with a session of its own, its log in the home's log directory.
    public static Process serve(Home home) throws IOException {
        var words = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
            words.add("/usr/bin/setsid");
        }
        words.addAll(program());
        words.addAll(List.of("serve", "--home", home.directory().toString()));
        var log = log(home);
        return new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    /// Starts `rosterkeep courier` for a trial's home. It ends with the process that started it: its socket is
    /// gone then.
    public static Process courier(Home home) throws IOException {
        var words = new ArrayList<>(program());
        words.addAll(List.of(
                "courier",
                "--trial",
                "--outbound-socket",
                home.courierSocket().toString(),
                "--manifest",
                home.egress().resolve("manifest.json").toString(),
                "--operators",
                home.operators().toString(),
                "--authorities",
                home.authorities().toString()));
        var log = home.log().resolve("courier.log").toFile();
        return new ProcessBuilder(words)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
                .redirectError(ProcessBuilder.Redirect.appendTo(log))
                .start();
    }

    public static File log(Home home) {
        return home.log().resolve("rosterkeep.log").toFile();
    }

    /// The image's launcher; outside an image, this JVM with this class path.
    private static List<String> program() {
        var image = System.getProperty("rosterkeep.home", "");
        if (!image.isEmpty()) {
            return List.of(Path.of(image, "bin", "rosterkeep").toString());
        }
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        return List.of(java, "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"), MAIN);
    }
}
