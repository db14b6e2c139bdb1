package org.rosterkeep.commands;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Home;
import org.rosterkeep.appliance.Trouble;

/// A file or folder where the appliance can read it. The installed one sees nothing of the machine but its own home, so
/// what lies elsewhere is laid on a tray in `/run` for the time of the call: in memory, never on a disk;
/// root's, so that the
/// appliance can read it and change nothing; gone when the call ends.
///
/// @param seen the path to tell the appliance
/// @param tray what was laid out for it; the path itself when nothing had to be
record Brought(Path seen, Path tray) implements AutoCloseable {
    private static final Path TRAYS = Path.of("/run/rosterkeep-intake");

    static Brought to(Home home, Path file) {
        var path = file.toAbsolutePath().normalize();
        if (!home.installed() || path.startsWith(home.directory()) || !Files.isWritable(TRAYS) || !Files.exists(path)) {
            return new Brought(path, path);
        }
        return laid(path, TRAYS);
    }

    /// Of what need not be given.
    static Maybe maybe(Home home, Optional<Path> file) {
        return new Maybe(file.map(one -> to(home, one)));
    }

    record Maybe(Optional<Brought> brought) implements AutoCloseable {
        Optional<String> path() {
            return brought.map(one -> one.seen().toString());
        }

        @Override
        public void close() {
            brought.ifPresent(Brought::close);
        }
    }

    static Brought laid(Path path, Path trays) {
        try {
            var tray = Files.createTempDirectory(trays, "delivery-");
            var brought = new Brought(tray.resolve(path.getFileName().toString()), tray);
            try {
                brought.lay(path, group(trays).readAttributes().group());
                return brought;
            } catch (IOException | RuntimeException e) {
                brought.close();
                throw e;
            }
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "The appliance cannot be shown " + path + ".",
                            "Laying it out in " + trays + ", which is memory, stopped with "
                                    + e.getClass().getSimpleName() + ".",
                            "Check that you may read it, and that there is room in " + trays
                                    + "; a file in the appliance's own directory is read where it is.")
                    .because(e);
        }
    }

    /// @param reader the appliance's group, which is that of the directory of all trays
    private void lay(Path path, GroupPrincipal reader) throws IOException {
        try (var all = Files.walk(path)) {
            for (var one : all.toList()) {
                var to = seen.resolve(path.relativize(one).toString());
                if (Files.isDirectory(one)) {
                    Files.createDirectory(to);
                } else {
                    Files.copy(one, to);
                }
                open(to, reader);
            }
        }
        open(tray, reader);
    }

    private static PosixFileAttributeView group(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class);
    }

    private static void open(Path path, GroupPrincipal reader) throws IOException {
        group(path).setGroup(reader);
        group(path)
                .setPermissions(PosixFilePermissions.fromString(Files.isDirectory(path) ? "rwxr-x---" : "rw-r-----"));
    }

    @Override
    public void close() {
        if (tray.equals(seen)) {
            return;
        }
        try {
            Home.remove(tray);
        } catch (IOException e) {
            throw new Trouble(
                            Exit.FAILED,
                            "What was laid out for the appliance could not be taken away.",
                            "Removing " + tray + " stopped with " + e.getClass().getSimpleName() + ".",
                            "Remove it: it holds personal data.")
                    .because(e);
        }
    }
}
