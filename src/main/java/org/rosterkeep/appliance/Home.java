package org.rosterkeep.appliance;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Where one appliance keeps everything it has. Nobody but its owner may look into any part of it.
public record Home(Path directory) {
    /// A Unix socket's address has room for this many bytes.
    private static final int SOCKET_PATH_MAX = 107;

    /// The one that install.sh makes; the service manager confines who works in it.
    private static final Path INSTALLED = Path.of("/var/lib/rosterkeep");

    private static final Set<PosixFilePermission> PRIVATE = PosixFilePermissions.fromString("rwx------");

    public Home {
        directory = directory.toAbsolutePath().normalize();
    }

    /// The home nobody named: `ROSTERKEEP_HOME`, else the installed appliance's, else the user's own trial.
    public static Home standard(Map<String, String> environment, Path userHome) {
        var named = named(environment);
        if (named.isPresent()) {
            return named.get();
        }
        return Files.isDirectory(INSTALLED) ? new Home(INSTALLED) : trial(environment, userHome);
    }

    /// The home the environment names, if it names one.
    public static Optional<Home> named(Map<String, String> environment) {
        return Optional.of(environment.getOrDefault("ROSTERKEEP_HOME", ""))
                .filter(named -> !named.isBlank())
                .map(named -> new Home(Path.of(named)));
    }

    /// The caller's own directory as shells see it; Java would take the one in the user database.
    public static Path userHome(Map<String, String> environment) {
        var shell = environment.getOrDefault("HOME", "");
        return Path.of(shell.isBlank() ? System.getProperty("user.home") : shell);
    }

    /// Where `rosterkeep try` lives unless told otherwise: the user's state directory (XDG base directories).
    public static Home trial(Map<String, String> environment, Path userHome) {
        var state = environment.getOrDefault("XDG_STATE_HOME", "");
        var base = state.isBlank() ? userHome.resolve(".local").resolve("state") : Path.of(state);
        return new Home(base.resolve("rosterkeep-try"));
    }

    /// Whether it is the one that install.sh makes.
    public boolean installed() {
        return directory.equals(INSTALLED);
    }

    /// The installed appliance's are root's, where the appliance cannot change them.
    public Path settings() {
        return installed() ? Path.of("/etc/rosterkeep/rosterkeep.conf") : directory.resolve("rosterkeep.conf");
    }

    public Path tls() {
        return directory.resolve("tls");
    }

    public Path run() {
        return directory.resolve("run");
    }

    public Path socket() {
        return run().resolve("control.sock");
    }

    /// Where the courier of a trial asks for what to send.
    public Path courierSocket() {
        return directory.resolve("courier.sock");
    }

    /// Beside it, the papers of the rules that send.
    public Path grants() {
        return directory.resolve("grants");
    }

    /// Whose signatures the courier of a trial believes.
    public Path operators() {
        return directory.resolve("operators.json");
    }

    /// Which addresses it may reach.
    public Path egress() {
        return directory.resolve("egress");
    }

    /// Certificates of further authorities that it believes; somebody may put some there.
    public Path authorities() {
        return directory.resolve("authorities.pem");
    }

    /// How everything stood when somebody was last told of it.
    Path notices() {
        return run().resolve("notices.json");
    }

    Path lock() {
        return run().resolve("lock");
    }

    public Path log() {
        return directory.resolve("log");
    }

    public Path districts() {
        return directory.resolve("districts");
    }

    public Path district(DistrictName name) {
        return districts().resolve(name.text());
    }

    /// Says which of several districts was here first, and so goes on answering without its name.
    public Path nameless() {
        return directory.resolve("nameless-district");
    }

    /// Where all rehearsals are.
    public Path rehearsals() {
        return directory.resolve("rehearsals");
    }

    /// Where those of one district are, each under its rule's name.
    public Path rehearsals(DistrictName district) {
        return rehearsals().resolve(district.text());
    }

    /// What `rosterkeep try` made and told its user.
    public Path trial() {
        return directory.resolve("try.json");
    }

    /// The districts there are, sorted.
    public List<DistrictName> names() {
        if (!Files.isDirectory(districts())) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(districts())) {
            return all.filter(Files::isDirectory)
                    .map(path -> path.getFileName().toString())
                    .filter(DistrictName::valid)
                    .map(DistrictName::new)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /// Makes what is missing, closed to everybody else.
    public void make() {
        if (socket().toString().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > SOCKET_PATH_MAX) {
            throw Trouble.wrongUse(
                    "The home's path is too long: " + directory,
                    "The address of the local control socket inside it may have at most " + SOCKET_PATH_MAX + " bytes.",
                    "Choose a shorter --home.");
        }
        try {
            for (var path : List.of(directory, districts(), tls(), run(), log())) {
                makePrivate(path);
            }
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    static void makePrivate(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            Files.createDirectories(path, PosixFilePermissions.asFileAttribute(PRIVATE));
        }
        Files.setPosixFilePermissions(path, PRIVATE);
    }

    /// Removes a directory and everything in it, if it is there.
    public static void remove(Path path) throws IOException {
        if (!Files.exists(path)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Gives everything below a path in it to whom the home belongs: root, who restores, is not who opens it.
    public void handOver(Path below) throws IOException {
        var owner = Files.readAttributes(directory, PosixFileAttributes.class);
        Files.walkFileTree(below, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                give(path);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                give(path);
                return FileVisitResult.CONTINUE;
            }

            private void give(Path path) throws IOException {
                var view = Files.getFileAttributeView(
                        path, PosixFileAttributeView.class, java.nio.file.LinkOption.NOFOLLOW_LINKS);
                var now = view.readAttributes();
                if (!now.owner().equals(owner.owner()) || !now.group().equals(owner.group())) {
                    view.setOwner(owner.owner());
                    view.setGroup(owner.group());
                }
            }
        });
    }

    private Trouble unusable(IOException cause) {
        return new Trouble(
                        Exit.FAILED,
                        "The home " + directory + " cannot be used.",
                        "It could not be read or written (" + cause.getClass().getSimpleName() + ").",
                        "Check that the directory exists, belongs to this user, and that its disk is not full.")
                .because(cause);
    }
}
