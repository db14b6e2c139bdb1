package org.rosterkeep.log;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/// The process's one log: a JSON object a line, `time`, `level`, `event`, and `request` and `actor` where there are
/// such. There is no free text in it: events are of a closed list, facts are typed, and of a throwable only classes,
/// frames and a code are written, never its message, because most messages of the JDK repeat their input.
///
/// Lines of libraries go through here too. Of them only the logger's name and the level remain.
public final class Log {
    private static final int FRAMES_MAX = 30;
    private static final int CAUSES_MAX = 10;
    private static final int LOGGER_MAX = 120;
    /// What the names of the loggers of the libraries that are here begin with.
    private static final List<String> KNOWN = List.of(
            "io.helidon.",
            "org.glassfish.",
            "org.apache.sshd.",
            "org.sqlite.",
            "org.bouncycastle.",
            "org.eclipse.",
            "jakarta.",
            "java.",
            "javax.",
            "jdk.",
            "sun.",
            "com.sun.");

    private final PrintStream out;
    private final Clock clock;
    private final Hearing hearing;

    public Log(PrintStream out, Clock clock) {
        this.out = out;
        this.clock = clock;
        this.hearing = new Hearing(clock);
    }

    public void say(Event event, Fact... facts) {
        if (hearing.hears(event.loudness())) {
            write(line(event, event.loudness(), clock.instant(), facts));
        }
    }

    /// Writes the failure and returns its code: what a person is told, and finds the line by.
    public String say(Event event, Throwable failure, Fact... facts) {
        var line = line(event, event.loudness(), clock.instant(), facts);
        var code = failure(line, failure);
        write(line);
        return code;
    }

    /// Has more written for a while, at most a quarter of an hour.
    ///
    /// @return until when
    public Instant raise(Loudness to, Duration time) {
        var until = hearing.raise(to, time);
        Logger.getLogger("").setLevel(to == Loudness.DEBUG ? Level.CONFIG : Level.WARNING);
        say(Event.LOUDER, new Fact.Code("to", to));
        return until;
    }

    /// Has the usual amount written again.
    public void fallBack() {
        hearing.fallBack();
        Logger.getLogger("").setLevel(Level.WARNING);
        say(Event.QUIETER);
    }

    public Loudness loudness() {
        return hearing.now();
    }

    /// Until when more is written than usual.
    public Optional<Instant> louderUntil() {
        return hearing.until();
    }

    /// Takes the place of every handler the JDK's logging has, and of the JVM's own way to tell of a thread that died.
    public void takeOver() {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> say(Event.THREAD_DIED, failure));
        LogManager.getLogManager().reset();
        var root = Logger.getLogger("");
        root.setLevel(Level.WARNING);
        root.addHandler(new Bridge());
    }

    /// Takes the two streams as well, to which a library may print without asking anybody: of a process that has
    /// nothing to say but its log.
    public void takeStreams() {
        System.setErr(new PrintStream(new Unasked("stderr"), true, StandardCharsets.UTF_8));
        System.setOut(new PrintStream(new Unasked("stdout"), true, StandardCharsets.UTF_8));
    }

    /// Three short groups made from the classes and frames of a failure: the same fault has the same code everywhere.
    public static String code(Throwable failure) {
        long hash = 0xcbf29ce484222325L;
        int causes = 0;
        for (var t = failure; t != null && causes < CAUSES_MAX; t = t.getCause(), causes++) {
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

    private static StringBuilder line(Event event, Loudness loudness, Instant at, Fact... facts) {
        var line = new StringBuilder(200).append("{\"time\":\"").append(at).append("\",\"level\":\"");
        line.append(loudness.word()).append("\",\"event\":");
        quoted(line, event.code());
        if (Trace.NOW.isBound()) {
            line.append(",\"request\":");
            quoted(line, Trace.NOW.get().request());
            line.append(",\"actor\":");
            quoted(line, Trace.NOW.get().actor());
        }
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
                case Fact.In in -> quoted(line, in.district());
                case Fact.Verb verb -> quoted(line, verb.value());
                case Fact.Digest digest -> quoted(line, digest.hex());
                case Fact.Place place -> quoted(line, place.host() + ":" + place.port());
            }
        }
        return line;
    }

    private static String failure(StringBuilder line, Throwable failure) {
        var code = code(failure);
        line.append(",\"error\":\"").append(code).append("\",\"causes\":[");
        int causes = 0;
        for (var t = failure; t != null && causes < CAUSES_MAX; t = t.getCause(), causes++) {
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

    /// In one piece, so that lines of two threads stay apart.
    private void write(StringBuilder line) {
        out.print(line.append("}\n"));
        out.flush();
    }

    /// The name of a logger, when it is one of the libraries' that are here: anybody may call one after anything.
    private static String logger(String name) {
        boolean known = KNOWN.stream().anyMatch(name::startsWith);
        return known && name.length() <= LOGGER_MAX && name.matches("[A-Za-z0-9_$.@-]+") ? name : "other";
    }

    private void library(String logger, Loudness loudness, Instant at) {
        var line = line(Event.LIBRARY, loudness, at);
        line.append(",\"logger\":");
        quoted(line, logger);
        write(line);
    }

    private final class Bridge extends Handler {
        @Override
        public void publish(LogRecord record) {
            if (record.getLevel().intValue() < Level.WARNING.intValue() && !hearing.hears(Loudness.DEBUG)) {
                return;
            }
            library(logger(String.valueOf(record.getLoggerName())), loudness(record.getLevel()), record.getInstant());
        }

        private Loudness loudness(Level level) {
            if (level.intValue() >= Level.SEVERE.intValue()) {
                return Loudness.ERROR;
            }
            if (level.intValue() >= Level.WARNING.intValue()) {
                return Loudness.WARNING;
            }
            return level.intValue() >= Level.INFO.intValue() ? Loudness.INFO : Loudness.DEBUG;
        }

        @Override
        public void flush() {
            out.flush();
        }

        @Override
        public void close() {}
    }

    /// What somebody prints past the log: that it happened is said, once a line, and nothing of it.
    private final class Unasked extends OutputStream {
        private final String name;

        Unasked(String name) {
            this.name = name;
        }

        @Override
        public void write(int b) {
            if (b == '\n') {
                library(name, Loudness.WARNING, clock.instant());
            }
        }
    }
}
