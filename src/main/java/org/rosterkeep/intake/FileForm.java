package org.rosterkeep.intake;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// How OneRoster files are written, for whoever makes a [Delivery] of what came in another form.
public final class FileForm {
    private static final String CSV = ".csv";

    private final String version;
    private final Columns columns;

    /// @param version `1.1` or `1.2`
    public FileForm(String version) {
        this.version = version;
        columns = new Columns(version);
    }

    /// The columns of a file, in the standard's order.
    public List<String> columns(String file) {
        return columns.of(file).stream().map(Columns.Column::name).toList();
    }

    /// The manifest: these files are there, all of them complete or none.
    ///
    /// @param files `users.csv`
    /// @param system what the source is called
    public byte[] manifest(Set<String> files, boolean bulk, String system) {
        var text = new StringBuilder("propertyName,value\r\nmanifest.version,1.0\r\noneroster.version,")
                .append(version)
                .append("\r\n");
        for (String file : new TreeSet<>(columns.files())) {
            text.append("file.")
                    .append(file, 0, file.length() - CSV.length())
                    .append(',')
                    .append(!files.contains(file) ? "absent" : bulk ? "bulk" : "delta")
                    .append("\r\n");
        }
        return text.append("source.systemName,")
                .append(cell(system))
                .append("\r\n")
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    /// A text as a cell. A line break becomes a space, because a cell has none.
    public static String cell(String text) {
        String flat = text.replace('\r', ' ').replace('\n', ' ');
        return flat.indexOf(',') < 0 && flat.indexOf('"') < 0 ? flat : '"' + flat.replace("\"", "\"\"") + '"';
    }
}
