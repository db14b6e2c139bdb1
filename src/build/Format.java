import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import com.palantir.javaformat.java.JavaFormatterOptions.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// Formats every Java file under the given folders, or with `check` as first argument names those that are not
/// formatted and fails. Started by the build on JDK 25, because Maven's own JVM may be too old to read our sources.
final class Format {
    private static final int WIDTH = 112;

    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(Style.PALANTIR)
            .formatJavadoc(true)
            .build());

    private Format() {}

    public static void main(String[] args) throws IOException {
        var check = args[0].equals("check");
        var format = new Format();
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
                    wrong += format.one(file, check);
                }
            }
        }
        if (wrong > 0) {
            System.out.println(wrong + " files are not formatted; mvn -q -Pformat mends what is valid Java");
            System.exit(1);
        }
    }

    private int one(Path file, boolean check) throws IOException {
        var before = Files.readString(file);
        try {
            var after = formatter.formatSourceAndFixImports(wrapped(before));
            if (after.equals(before)) {
                return 0;
            }
            if (!check) {
                // The second time through proves that the first left valid Java behind.
                formatter.formatSourceAndFixImports(after);
                Files.writeString(file, after);
            }
            System.out.println((check ? "not formatted: " : "formatted: ") + file);
            return check ? 1 : 0;
        } catch (FormatterException e) {
            // Newer than the formatter (a `_` among others), or no Java at all, which the compiler says better.
            System.out.println("left as it is: " + file + ": " + e.getMessage());
            return 0;
        }
    }

    /// Wraps comments of this kind where they are too long: the formatter would break such a line and leave the rest
    /// of it behind as something else. How long is too long depends on what the comment stands before, so the
    /// formatter is asked.
    private String wrapped(String source) throws FormatterException {
        var text = source;
        for (var round = 0; round < 10; round++) {
            var kept = formatter.formatSource(text).lines().map(String::strip).collect(Collectors.toSet());
            var next = text.lines()
                    .map(line -> isComment(line) && !kept.contains(line.strip()) ? shorter(line) : line)
                    .collect(Collectors.joining("\n", "", "\n"));
            if (next.equals(text)) {
                break;
            }
            text = next;
        }
        return text;
    }

    private static boolean isComment(String line) {
        return line.stripLeading().startsWith("///");
    }

    /// The line in two, with the indent of the first for the second.
    private static String shorter(String line) {
        var start = line.indexOf("///") + 3;
        while (start < line.length() && line.charAt(start) == ' ') {
            start++;
        }
        var cut = line.lastIndexOf(' ', Math.min(line.length() - 1, WIDTH));
        return cut <= start ? line : line.substring(0, cut) + "\n" + line.substring(0, start) + line.substring(cut + 1);
    }
}
