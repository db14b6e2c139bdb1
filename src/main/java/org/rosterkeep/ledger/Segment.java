package org.rosterkeep.ledger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// One file of records.
///
/// @param number counted from 1 without gaps
/// @param packed whether it is closed and compressed
record Segment(int number, Path file, boolean packed) {
    private static final Pattern NAME = Pattern.compile("(\\d{8})\\.log(\\.gz)?");

    /// Whether a file of this name is a segment.
    static boolean named(String name) {
        return NAME.matcher(name).matches();
    }

    static Path plain(Path directory, int number) {
        return directory.resolve(String.format(Locale.ROOT, "%08d.log", number));
    }

    static Path packed(Path directory, int number) {
        return directory.resolve(String.format(Locale.ROOT, "%08d.log.gz", number));
    }

    /// The segments of a directory in order. Where compressing was cut short, the uncompressed file counts.
    static List<Segment> in(Path directory) {
        Map<Integer, Segment> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(directory)) {
            files.forEach(file -> {
                Matcher name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) {
                    Segment segment = new Segment(Integer.parseInt(name.group(1)), file, name.group(2) != null);
                    found.merge(segment.number, segment, (a, b) -> a.packed ? b : a);
                }
            });
        } catch (IOException e) {
            throw new LedgerFault(LedgerFault.Code.UNREADABLE, "the ledger's directory cannot be read", e);
        }
        return new ArrayList<>(found.values());
    }

    /// Reads the records from the beginning; a segment that was compressed meanwhile, too.
    InputStream open() throws IOException {
        if (!packed) {
            try {
                return new BufferedInputStream(Files.newInputStream(file), 1 << 16);
            } catch (NoSuchFileException e) {
                return unpacked(file.resolveSibling(file.getFileName() + ".gz"));
            }
        }
        return unpacked(file);
    }

    private static InputStream unpacked(Path file) throws IOException {
        return new GZIPInputStream(Files.newInputStream(file), 1 << 16);
    }

    /// Its size on the disk; 0 when it is just being compressed.
    long bytes() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    String name() {
        return file.getFileName().toString();
    }
}
