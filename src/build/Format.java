import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Formats every Java file under the given folders, or with `check` as first argument names those that are not
/// formatted and fails. Started by the build on JDK 25, because Maven's own JVM may be too old to read our sources.
final class Format {
    private Format() {}

    public static void main(String[] args) throws IOException, FormatterException {
        var check = args[0].equals("check");
        var formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
                .style(Style.PALANTIR)
                .formatJavadoc(true)
                .build());
        var wrong = 0;
        for (var i = 1; i < args.length; i++) {
            var root = Path.of(args[i]);
            if (!Files.isDirectory(root)) {
                continue;
            }
            try (var files = Files.walk(root)) {
                for (var file : files.filter(f -> f.toString().endsWith(".java"))
                        .sorted()
                        .toList()) {
                    var before = Files.readString(file);
                    var after = formatter.formatSourceAndFixImports(before);
                    if (after.equals(before)) {
                        continue;
                    }
                    wrong++;
                    System.out.println((check ? "not formatted: " : "formatted: ") + file);
                    if (!check) {
                        Files.writeString(file, after);
                    }
                }
            }
        }
        if (check && wrong > 0) {
            System.out.println(wrong + " files are not formatted; mvn -q -Pformat mends them");
            System.exit(1);
        }
    }
}
