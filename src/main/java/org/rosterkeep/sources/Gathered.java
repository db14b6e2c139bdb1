package org.rosterkeep.sources;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.rosterkeep.intake.Delivery;
import org.rosterkeep.intake.FileForm;
import org.rosterkeep.intake.Source;
import org.rosterkeep.keys.Spool;

/// What a run has gathered so far, as rows of OneRoster files, sealed; and a delivery of it when all is there.
final class Gathered implements AutoCloseable {
    private static final String MANIFEST = "manifest.csv";

    private final Spool spool;
    private final FileForm form;
    private final boolean bulk;
    private final Map<String, List<Integer>> pieces = new TreeMap<>();

    Gathered(Spool spool, FileForm form, boolean bulk) {
        this.spool = spool;
        this.form = form;
        this.bulk = bulk;
    }

    /// A file without any rows so far, in place of what there was of it.
    void begin(String file) {
        pieces.put(file, new ArrayList<>());
    }

    void add(String file, byte[] rows) {
        if (rows.length > 0) {
            pieces.computeIfAbsent(file, _ -> new ArrayList<>()).add(spool.add(rows));
        }
    }

    /// @param system what the source is called
    Source source(String system) {
        return new Source.Made(() -> new Files(system));
    }

    @Override
    public void close() {
        spool.close();
    }

    private final class Files implements Delivery {
        private final Map<String, List<Integer>> there = new TreeMap<>();
        private final byte[] manifest;

        Files(String system) {
            pieces.forEach((file, some) -> {
                // Of what did not change there is nothing to say; of what is empty there is.
                if (bulk || !some.isEmpty()) {
                    there.put(file, List.copyOf(some));
                }
            });
            manifest = form.manifest(there.keySet(), bulk, system);
        }

        @Override
        public Set<String> files() {
            Set<String> files = new TreeSet<>(there.keySet());
            files.add(MANIFEST);
            return files;
        }

        @Override
        public int strangers() {
            return 0;
        }

        @Override
        public boolean inFolder() {
            return false;
        }

        @Override
        public boolean wholeRoles() {
            return true;
        }

        @Override
        public InputStream read(String file) {
            if (file.equals(MANIFEST)) {
                return new ByteArrayInputStream(manifest);
            }
            String header = String.join(",", form.columns(file)) + "\r\n";
            return new Pieces(header.getBytes(StandardCharsets.UTF_8), there.getOrDefault(file, List.of()));
        }

        @Override
        public void close() {
            // What was gathered is the run's; it may be read again.
        }
    }

    /// One piece after the other is opened, and only one at a time.
    private final class Pieces extends InputStream {
        private final List<Integer> numbers;
        private byte[] bytes;
        private int at;
        private int next;

        Pieces(byte[] first, List<Integer> numbers) {
            bytes = first;
            this.numbers = numbers;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            while (at == bytes.length) {
                if (next == numbers.size()) {
                    return -1;
                }
                bytes = spool.piece(numbers.get(next++));
                at = 0;
            }
            int count = Math.min(length, bytes.length - at);
            System.arraycopy(bytes, at, into, offset, count);
            at += count;
            return count;
        }
    }
}
