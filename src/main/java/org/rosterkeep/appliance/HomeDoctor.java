package org.rosterkeep.appliance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What can be found out about the appliance's directory, whether it runs or not.
public final class HomeDoctor {
    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.GROUP_EXECUTE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE,
            PosixFilePermission.OTHERS_EXECUTE);

    private final Home home;
    private final DoctorBounds bounds;

    public HomeDoctor(Home home, DoctorBounds bounds) {
        this.home = home;
        this.bounds = bounds;
    }

    /// @param fix whether what can be put right without a loss is put right
    public List<Diagnosis> look(boolean fix) {
        if (!Files.isDirectory(home.directory())) {
            return List.of(Diagnosis.failed(
                    "home",
                    "There is no directory " + home.directory() + ".",
                    "Name the right one: rosterkeep doctor --home DIR"));
        }
        try {
            return List.of(modes(fix), settings(), space());
        } catch (IOException | UncheckedIOException e) {
            return List.of(Diagnosis.failed(
                    "home",
                    "The directory " + home.directory() + " cannot be looked through.",
                    "Run this as root or as the appliance's own user."));
        }
    }

    /// Everything in the home is its owner's alone.
    private Diagnosis modes(boolean fix) throws IOException {
        var owner = Files.getOwner(home.directory());
        var open = new ArrayList<Path>();
        var foreign = new ArrayList<Path>();
        for (var path : everything()) {
            if (Files.isSymbolicLink(path)) {
                continue;
            }
            if (Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains) && Files.isDirectory(path)) {
                open.add(path);
            }
            if (!Files.getOwner(path).equals(owner)) {
                foreign.add(path);
            }
        }
        if (!foreign.isEmpty()) {
            return Diagnosis.failed(
                    "file-owners",
                    number(foreign.size()) + " of its files belong to somebody else, the first is "
                            + home.directory().relativize(foreign.getFirst()) + ".",
                    "Give them back: chown -R " + owner.getName() + " " + home.directory());
        }
        if (fix) {
            for (var path : open) {
                Home.makePrivate(path);
            }
        }
        if (open.isEmpty() || fix) {
            return Diagnosis.ok(
                    "file-owners",
                    open.isEmpty()
                            ? "Nobody but " + owner.getName() + " can look into " + home.directory() + "."
                            : number(open.size()) + " directories were open to others; they are closed now.");
        }
        return Diagnosis.failed(
                "file-owners",
                number(open.size()) + " directories are open to others, the first is " + open.getFirst() + ".",
                "Close them: rosterkeep doctor --fix");
    }

    private List<Path> everything() throws IOException {
        var all = new ArrayList<Path>();
        Files.walkFileTree(home.directory(), new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                all.add(directory);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                all.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) throws IOException {
                // A running appliance removes files of its own while we look.
                if (gone instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw gone;
            }
        });
        all.removeIf(path -> !Files.exists(path));
        return all;
    }

    private Diagnosis settings() {
        try {
            Settings.read(home.settings());
            return Diagnosis.ok("settings", "The settings can be read, and every key in them is known.");
        } catch (Trouble wrong) {
            return Diagnosis.failed("settings", wrong.what() + " " + wrong.why(), wrong.todo());
        }
    }

    private Diagnosis space() throws IOException {
        long free = Scratch.free(home.directory());
        long data = 0;
        for (var path : everything()) {
            if (Files.isRegularFile(path)) {
                data += Files.size(path);
            }
        }
        var sentence = megabytes(free) + " are free; the data take " + megabytes(data) + ".";
        if (free < bounds.freeLeast()) {
            return Diagnosis.failed(
                    "disk-space", sentence, "Make room now: when the disk is full, nothing is released.");
        }
        boolean enough = free >= bounds.free() || free >= data * bounds.freeTimesData();
        return enough
                ? Diagnosis.ok("disk-space", sentence)
                : Diagnosis.warning(
                        "disk-space",
                        sentence,
                        "Have " + megabytes(bounds.free()) + " or " + bounds.freeTimesData()
                                + " times the data free: an upgrade needs a copy of them.");
    }

    private static String number(int n) {
        return String.format(Locale.ROOT, "%,d", n);
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%,d MB", bytes / 1_000_000);
    }
}
