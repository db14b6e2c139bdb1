package org.rosterkeep.sources;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One watched folder. Others write into it, so nothing in it is believed: a file is moved where only we are
/// before it is
/// opened, read once, and judged by what was read. What is no plain file is moved away unopened.
final class Folder {
    private static final String TAKING = ".taking";
    private static final String ZIP = ".zip";
    private static final String DONE_MARK = ".done";
    private static final int PIECE = 1 << 16;
    private static final int NAME_MAX = 120;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Path folder;
    private final UserPrincipal us;
    private final Duration settle;
    private final Map<String, Sight> sights = new HashMap<>();

    /// What a file was like when it was seen to be so first.
    private record Sight(long size, Instant changed, Instant since) {}

    /// @param us whom this program runs as
    Folder(Path folder, UserPrincipal us, Duration settle) {
        this.folder = folder;
        this.us = us;
        this.settle = settle;
    }

    /// Where a file ends up.
    enum End {
        DONE("done"),
        REFUSED("refused");

        private final String word;

        End(String word) {
            this.word = word;
        }
    }

    /// A file that is ours now.
    record Taken(Path file, String name) {}

    /// The next file that stands still, moved to where only we are; first what a run before left there.
    Optional<Taken> next(Instant now) throws IOException {
        Path taking = ours(TAKING);
        for (Path left : list(taking)) {
            return Optional.of(new Taken(left, left.getFileName().toString()));
        }
        Map<String, Sight> seen = new HashMap<>();
        Optional<Taken> found = Optional.empty();
        List<Path> all = list(folder);
        for (Path file : all) {
            String name = file.getFileName().toString();
            if (found.isEmpty() && wanted(file, name) && stands(file, name, all, now, seen)) {
                Path mine = taking.resolve(stamped(name, now));
                Files.move(file, mine, StandardCopyOption.ATOMIC_MOVE);
                Files.deleteIfExists(folder.resolve(name + DONE_MARK));
                seen.remove(name);
                found = Optional.of(new Taken(mine, name));
            }
        }
        // Who is not reached in this round is looked at anew, from when it was seen first.
        sights.keySet()
                .retainAll(all.stream().map(one -> one.getFileName().toString()).toList());
        sights.putAll(seen);
        return found;
    }

    /// A zip, or something of a zip's name that is none; what is hidden or being written under another name is not.
    private static boolean wanted(Path file, String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(ZIP)
                && !name.startsWith(".")
                && !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS);
    }

    /// Whoever puts `roster.zip.done` beside `roster.zip` says that it is whole; else it has to stand still for
    /// a while.
    private boolean stands(Path file, String name, List<Path> all, Instant now, Map<String, Sight> seen)
            throws IOException {
        if (all.contains(folder.resolve(name + DONE_MARK))) {
            return true;
        }
        BasicFileAttributes there;
        try {
            there = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException gone) {
            return false;
        }
        Instant changed = there.lastModifiedTime().toInstant();
        Sight before = sights.get(name);
        Sight sight = before != null
                        && before.size() == there.size()
                        && before.changed().equals(changed)
                ? before
                : new Sight(there.size(), changed, now);
        seen.put(name, sight);
        return !now.isBefore(sight.since().plus(settle));
    }

    /// Reads it, once.
    ///
    /// @throws Hitch.Met when it is no plain file, or too long
    static void read(Taken taken, Kept into, long bytesMax) throws IOException {
        if (!Files.isRegularFile(taken.file(), LinkOption.NOFOLLOW_LINKS)) {
            throw new Hitch.Met(Hitch.FOLDER);
        }
        try (SeekableByteChannel in =
                Files.newByteChannel(taken.file(), Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            if (in.size() > bytesMax) {
                throw new Hitch.Met(Hitch.ANSWER_SIZE);
            }
            ByteBuffer piece = ByteBuffer.allocate(PIECE);
            long all = 0;
            for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                all += n;
                if (all > bytesMax) {
                    throw new Hitch.Met(Hitch.ANSWER_SIZE);
                }
                byte[] bytes = new byte[n];
                piece.flip().get(bytes);
                into.add(bytes);
                piece.clear();
            }
        }
    }

    /// Moves it where it can be found, with a report beside it.
    void put(Taken taken, End end, String report, Instant now) throws IOException {
        Path there = ours(end.word);
        String name = taken.file().getFileName().toString();
        String own = name.matches("[0-9]{8}T[0-9]{6}Z-.*") ? name : stamped(name, now);
        Files.move(
                taken.file(), there.resolve(own), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        Path beside = there.resolve(own + ".txt");
        Files.deleteIfExists(beside);
        Files.write(beside, report.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE_NEW);
    }

    private static String stamped(String name, Instant now) {
        String plain = name.replaceAll("[^A-Za-z0-9._-]", "_");
        return STAMP.format(now) + "-" + plain.substring(Math.max(0, plain.length() - NAME_MAX));
    }

    /// A folder in it that is ours: made by us, and no link to somewhere else.
    private Path ours(String name) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            throw new NoSuchFileException(name);
        }
        Path mine = folder.resolve(name);
        if (!Files.exists(mine, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(
                    mine,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString(name.equals(TAKING) ? "rwx------" : "rwxr-x---")));
        }
        if (!Files.isDirectory(mine, LinkOption.NOFOLLOW_LINKS)
                || !Files.getOwner(mine, LinkOption.NOFOLLOW_LINKS).equals(us)) {
            throw new IOException("not ours");
        }
        return mine;
    }

    private static List<Path> list(Path in) throws IOException {
        List<Path> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(in)) {
            entries.forEach(all::add);
        }
        all.sort(null);
        return all;
    }
}
