package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.rosterkeep.backup.Life;
import org.rosterkeep.backup.Places;

/// The appliance's own settings, read once from `rosterkeep.conf`: lines `key = value`, `#` begins a comment. A
/// key that
/// is not known stops the start, and all problems are told together.
///
/// @param address the address vendors connect to
/// @param port its port; 0 lets the system choose
/// @param names the names and addresses in our own certificate, beside `localhost` and this machine's name
/// @param publicUrl what the links in answers begin with, when a proxy or a port forwarding stands before us
/// @param certificate the customer's own certificate chain and key; ours is made when there is none
/// @param backups where they go
/// @param approved whether only approved algorithms are permitted
/// @param intake below which folders may be watched
/// @param trial whether answers say that nothing but this program confines it
public record Settings(
        String address,
        int port,
        List<String> names,
        Optional<String> publicUrl,
        Optional<Certificate> certificate,
        boolean trial,
        boolean approved,
        Backing backups,
        Optional<Path> intake) {

    /// A certificate chain and its private key, both PEM.
    record Certificate(Path chain, Path key) {}

    /// Where backups go and how long they live; what is empty is as it ships.
    ///
    /// @param directory where backups are written, and the witness beside them
    /// @param safe where the copy of the safe is kept
    /// @param life how long one lives
    /// @param hour at which the nightly one is made, UTC
    record Backing(Optional<Path> directory, Optional<Path> safe, Optional<Duration> life, Optional<Integer> hour) {
        Places places() {
            return new Places(directory, safe);
        }
    }

    /// Every key there is.
    public enum Key {
        LISTEN_ADDRESS(
                "listen-address",
                "127.0.0.1",
                "The address vendors connect to. As a service: 0.0.0.0, and rosterkeep.socket opens it.",
                "an address or host name without spaces",
                v -> v.matches("[^\\s/]+")),
        LISTEN_PORT(
                "listen-port",
                "8443",
                "Its port; 0 lets the system choose. As a service it is the socket's: install.sh --port N.",
                "a number from 0 to 65535",
                Settings::isPort),
        SERVER_NAMES(
                "server-names",
                "",
                "The names in our own certificate, beside localhost and this machine's; the first is in the addresses.",
                "names separated by commas",
                v -> v.matches("[A-Za-z0-9.:,\\s*-]*")),
        PUBLIC_URL(
                "public-url",
                "",
                "What the links in answers begin with, when a proxy or a port forwarding stands before us.",
                "https://... without a slash at its end",
                v -> v.matches("(https?://\\S+[^/])?")),
        TLS_CERTIFICATE_FILE(
                "tls-certificate-file",
                "",
                "Your own certificate with its chain; ours is made when there is none. Goes with tls-key-file.",
                "a PEM file that can be read",
                Settings::isFile),
        TLS_KEY_FILE(
                "tls-key-file",
                "",
                "The private key of that certificate.",
                "a PEM file that can be read",
                Settings::isFile),
        TRIAL(
                "trial",
                "false",
                "Whether every answer says that nothing but this program confines it.",
                "true or false",
                v -> v.equals("true") || v.equals("false")),
        INTAKE_DIRECTORY(
                "intake-directory",
                "",
                "Below it are the folders that sources may name: files put there are imported. Empty: none is watched.",
                "the absolute path of a directory",
                Settings::isPlace),
        BACKUP_DIRECTORY(
                "backup-directory",
                "",
                "Where a backup is made every night; best on another machine's disk. Empty: none is made.",
                "the absolute path of a directory",
                Settings::isPlace),
        SAFE_DIRECTORY(
                "safe-directory",
                "",
                "Where a copy of the safe is kept: half of every backup's key, and what was erased.",
                "the absolute path of a directory, not where the backups are",
                Settings::isPlace),
        APPROVED_CRYPTOGRAPHY(
                "approved-cryptography",
                "false",
                "Whether only algorithms are used that NIST's standards approve; rosterkeep doctor tells what is not.",
                "true or false",
                v -> v.matches("true|false")),
        BACKUP_DAYS(
                "backup-days",
                "",
                "How long a backup can be opened. Empty: as long as backups may live.",
                "a number of days, not more than backups may live",
                Settings::isLife),
        BACKUP_HOUR(
                "backup-hour",
                "",
                "The hour of the night it is made, UTC. Empty: the usual one.",
                "an hour from 0 to 23, UTC",
                v -> v.matches("|1?\\d|2[0-3]"));

        private final String word;
        private final String standard;
        private final String meaning;
        private final String form;
        private final Predicate<String> valid;

        Key(String word, String standard, String meaning, String form, Predicate<String> valid) {
            this.word = word;
            this.standard = standard;
            this.meaning = meaning;
            this.form = form;
            this.valid = valid;
        }

        public String word() {
            return word;
        }

        public String standard() {
            return standard;
        }

        /// As it stands in a settings file that changes nothing: what it is, and its default, commented out.
        public List<String> commented() {
            return List.of("# " + meaning + " (" + form + ")", ("# " + word + " = " + standard).strip());
        }

        static Optional<Key> named(String word) {
            return Arrays.stream(values()).filter(key -> key.word.equals(word)).findFirst();
        }
    }

    public Settings {
        names = List.copyOf(names);
    }

    public static Settings read(Path file) {
        try {
            return parse(file.toString(), Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (NoSuchFileException absent) {
            return parse(file.toString(), List.of());
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The settings in " + file + " cannot be read.",
                            "Reading stopped with " + e.getClass().getSimpleName() + ".",
                            "Check that the file is UTF-8 text and readable by this user.")
                    .because(e);
        }
    }

    static Settings parse(String file, List<String> lines) {
        var values = new EnumMap<Key, String>(Key.class);
        var problems = new ArrayList<String>();
        for (int i = 0; i < lines.size(); i++) {
            read(lines.get(i), values, problems, "line " + (i + 1) + ": ");
        }
        if (values.containsKey(Key.TLS_CERTIFICATE_FILE) != values.containsKey(Key.TLS_KEY_FILE)) {
            problems.add("tls-certificate-file and tls-key-file belong together: give both or neither");
        }
        var backups = text(values, Key.BACKUP_DIRECTORY);
        if (!backups.isEmpty() && Path.of(text(values, Key.SAFE_DIRECTORY)).startsWith(Path.of(backups))) {
            problems.add("safe-directory must not lie in backup-directory: whoever has both needs nothing else");
        }
        if (!problems.isEmpty()) {
            throw Trouble.wrongUse(
                    "The settings in " + file + " have " + problems.size()
                            + (problems.size() == 1 ? " problem." : " problems."),
                    String.join("; ", problems) + ".",
                    "Correct them and start again; every key is listed by: rosterkeep paths --settings");
        }
        return of(values);
    }

    private static void read(String line, Map<Key, String> values, List<String> problems, String where) {
        var text = line.strip();
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        int equals = text.indexOf('=');
        if (equals < 0) {
            problems.add(where + "not of the form key = value");
            return;
        }
        var word = text.substring(0, equals).strip();
        var value = text.substring(equals + 1).strip();
        var key = Key.named(word);
        if (key.isEmpty()) {
            var near =
                    Nearest.to(word, Arrays.stream(Key.values()).map(Key::word).toList());
            problems.add(where + "unknown key " + word
                    + near.map(n -> ", did you mean " + n + "?").orElse(""));
        } else if (!key.get().valid.test(value)) {
            problems.add(where + word + " should be " + key.get().form);
        } else if (values.put(key.get(), value) != null) {
            problems.add(where + word + " is given twice");
        }
    }

    private static Settings of(Map<Key, String> values) {
        var names = Arrays.stream(text(values, Key.SERVER_NAMES).split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        var chain = text(values, Key.TLS_CERTIFICATE_FILE);
        return new Settings(
                text(values, Key.LISTEN_ADDRESS),
                Integer.parseInt(text(values, Key.LISTEN_PORT)),
                names,
                Optional.of(text(values, Key.PUBLIC_URL)).filter(url -> !url.isEmpty()),
                chain.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Certificate(Path.of(chain), Path.of(text(values, Key.TLS_KEY_FILE)))),
                Boolean.parseBoolean(text(values, Key.TRIAL)),
                Boolean.parseBoolean(text(values, Key.APPROVED_CRYPTOGRAPHY)),
                new Backing(
                        optional(values, Key.BACKUP_DIRECTORY).map(Path::of),
                        optional(values, Key.SAFE_DIRECTORY).map(Path::of),
                        optional(values, Key.BACKUP_DAYS).map(days -> Duration.ofDays(Long.parseLong(days))),
                        optional(values, Key.BACKUP_HOUR).map(Integer::valueOf)),
                optional(values, Key.INTAKE_DIRECTORY).map(Path::of));
    }

    private static Optional<String> optional(Map<Key, String> values, Key key) {
        return Optional.of(text(values, key)).filter(value -> !value.isEmpty());
    }

    private static String text(Map<Key, String> values, Key key) {
        return values.getOrDefault(key, key.standard);
    }

    private static boolean isPlace(String value) {
        return value.isEmpty() || Path.of(value).isAbsolute();
    }

    private static boolean isLife(String value) {
        return value.isEmpty()
                || value.matches("[1-9]\\d{0,3}")
                        && Duration.ofDays(Long.parseLong(value))
                                        .compareTo(Life.shipped().most())
                                <= 0;
    }

    private static boolean isPort(String value) {
        return value.matches("\\d{1,5}") && Integer.parseInt(value) <= 65535;
    }

    private static boolean isFile(String value) {
        return !value.isEmpty() && Files.isReadable(Path.of(value));
    }
}
