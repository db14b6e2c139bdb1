package org.rosterkeep.appliance;

import com.google.errorprone.annotations.CompileTimeConstant;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The process's one log: a JSON line per event. Text is constant, facts are typed, and of a throwable only classes,
/// frames and a code are written, never its message: most messages of the JDK repeat their input.
///
/// Lines of libraries go through here too. Their text is not constant, so it is dropped as well: logger, level and the
/// place in the code remain.
final class Log {
    private static final int FRAMES_MAX = 30;

    private final PrintStream out;
    private final Clock clock;

    Log(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    void info(@CompileTimeConstant String text, Fact... facts) {
        write(line("info", clock.instant(), text, facts));
    }

    void warn(@CompileTimeConstant String text, Fact... facts) {
        write(line("warning", clock.instant(), text, facts));
    }

    /// Writes the failure and returns its code: what a person is told, and finds the line by.
    String error(@CompileTimeConstant String text, Throwable failure, Fact... facts) {
        var line = line("error", clock.instant(), text, facts);
        var code = failure(line, failure);
        write(line);
        return code;
    }

    /// Takes the place of every handler the JDK's logging has, and of the JVM's own way to tell of a thread that died.
    void takeOver() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> error("a thread ended in a failure", failure));
        LogManager.getLogManager().reset();
        var root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new Bridge());
    }

    /// Three short groups made from the classes and frames of a failure: the same fault has the same code everywhere.
    static String code(Throwable failure) {
        long hash = 0xcbf29ce484222325L;
        for (var t = failure; t != null; t = t.getCause()) {
            hash = mix(hash, t.getClass().getName());
            for (var frame : t.getStackTrace()) {
                hash = mix(hash, frame.getClassName() + frame.getMethodName());
            }
        }
        var digits = Long.toString(hash & Long.MAX_VALUE, 36).toUpperCase(java.util.Locale.ROOT);
        var nine = ("000000000" + digits).substring(digits.length());
        return nine.substring(0, 3) + "-" + nine.substring(3, 6) + "-" + nine.substring(6);
    }

    private static long mix(long hash, String text) {
        long mixed = hash;
        for (int i = 0; i < text.length(); i++) {
            mixed = (mixed ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed;
    }

    private static StringBuilder line(String level, Instant at, String text, Fact... facts) {
        var line = new StringBuilder(200).append("{\"time\":\"").append(at).append("\",\"level\":\"");
        line.append(level).append("\",\"event\":");
        quoted(line, text);
        for (var fact : facts) {
            line.append(',');
            quoted(line, fact.key());
            line.append(':');
            switch (fact) {
                case Fact.Count count -> line.append(count.value());
                case Fact.Size size -> line.append(size.bytes());
                case Fact.Took took -> line.append(took.value().toMillis());
                case Fact.Code code -> quoted(line, code.value().name());
                case Fact.Number number -> line.append(number.value());
                case Fact.In in -> quoted(line, in.district().text());
                case Fact.Digest digest -> quoted(line, digest.hex());
                case Fact.Place place -> quoted(line, place.host() + ":" + place.port());
            }
        }
        return line;
    }

    private static String failure(StringBuilder line, Throwable failure) {
        var code = code(failure);
        line.append(",\"error\":\"").append(code).append("\",\"causes\":[");
        for (var t = failure; t != null; t = t.getCause()) {
            line.append(line.charAt(line.length() - 1) == '[' ? "{\"class\":" : ",{\"class\":");
            quoted(line, t.getClass().getName());
            line.append(",\"frames\":[");
            var frames = t.getStackTrace();
            for (int i = 0; i < Math.min(frames.length, FRAMES_MAX); i++) {
                line.append(i == 0 ? "" : ",");
                var frame = frames[i];
                quoted(line, frame.getClassName() + "." + frame.getMethodName() + ":" + frame.getLineNumber());
            }
            line.append("]}");
        }
        line.append(']');
        return code;
    }

    private static void quoted(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else {
                line.append(c < ' ' ? '?' : c);
            }
        }
        line.append('"');
    }

    private void write(StringBuilder line) {
        out.println(line.append('}'));
    }

    private final class Bridge extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (!isLoggable(record)) {
                return;
            }
            var level = record.getLevel().intValue() >= Level.SEVERE.intValue() ? "error" : "warning";
            var line = line(level, record.getInstant(), "a library spoke");
            line.append(",\"logger\":");
            quoted(line, String.valueOf(record.getLoggerName()));
            line.append(",\"place\":");
            quoted(line, record.getSourceClassName() + "." + record.getSourceMethodName());
            if (record.getThrown() != null) {
                failure(line, record.getThrown());
            }
            write(line);
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {}
    }
}
