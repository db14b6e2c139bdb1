package org.rosterkeep.disclosure;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// A OneRoster package as it is written: files without a row are not in it, and the manifest comes last, when it is
/// known which are. The same records make the same bytes.
final class Bundle {
    private final Wire wire;
    private final ZipOutputStream zip;
    private final LocalDateTime at;
    private final Map<String, String> modes = new TreeMap<>();

    /// @param at the time of its files
    Bundle(Wire wire, OutputStream to, Instant at) {
        this.wire = wire;
        this.zip = new ZipOutputStream(to);
        this.at = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
    }

    /// Where a file's bytes go; with the first of them it begins to exist.
    OutputStream file(CsvFile file, boolean delta) {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (length > 0 && modes.put(file.word(), delta ? "delta" : "bulk") == null) {
                    entry(file.word());
                }
                zip.write(bytes, from, length);
            }
        };
    }

    private void entry(String word) throws IOException {
        ZipEntry entry = new ZipEntry(word + ".csv");
        entry.setTimeLocal(at);
        zip.putNextEntry(entry);
    }

    void finish() throws IOException {
        entry("manifest");
        StringBuilder text = new StringBuilder("propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,")
                .append(wire == Wire.V1P1 ? "1.1" : "1.2")
                .append("\r\n");
        for (String word : CsvFile.names(wire)) {
            text.append("file.").append(word).append(',');
            text.append(modes.getOrDefault(word, "absent")).append("\r\n");
        }
        text.append("source.systemName,Rosterkeep\r\nsource.systemCode,rosterkeep\r\n");
        zip.write(Out.utf8(text.toString()));
        zip.finish();
    }
}
