package org.rosterkeep.courier;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What an HTTP/1.1 server answers: the head, and the body as a stream. Read strictly and with bounds; nobody
/// is followed
/// anywhere.
///
/// @param headers by name in lower case; of several of one name the first, of links all
record HttpAnswer(int status, Map<String, String> headers, InputStream body) {
    private static final int HEAD_MAX = 1 << 14;
    private static final int INTERIM_MAX = 8;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-9][0-9]{2})(?: .*)?");
    private static final Pattern HEADER = Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*(.*?)[ \\t]*");

    /// The answer is not one.
    static final class Malformed extends IOException {
        Malformed() {
            super("this is no answer of HTTP/1.1");
        }
    }

    static HttpAnswer read(InputStream from) throws IOException {
        InputStream in = new BufferedInputStream(from);
        for (int i = 0; i < INTERIM_MAX; i++) {
            HttpAnswer answer = head(in);
            if (answer.status >= 200) {
                return answer;
            }
        }
        throw new Malformed();
    }

    private static HttpAnswer head(InputStream in) throws IOException {
        int[] left = {HEAD_MAX};
        Matcher status = STATUS.matcher(line(in, left));
        if (!status.matches()) {
            throw new Malformed();
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in, left); !line.isEmpty(); line = line(in, left)) {
            Matcher header = HEADER.matcher(line);
            if (!header.matches()) {
                throw new Malformed();
            }
            String name = header.group(1).toLowerCase(Locale.ROOT);
            if (name.equals("link")) {
                headers.merge(name, header.group(2), (some, more) -> some + ", " + more);
            } else if (headers.putIfAbsent(name, header.group(2)) != null
                    && List.of("content-length", "transfer-encoding").contains(name)) {
                throw new Malformed();
            }
        }
        int code = Integer.parseInt(status.group(1));
        return new HttpAnswer(code, Map.copyOf(headers), body(in, code, headers));
    }

    private static InputStream body(InputStream in, int status, Map<String, String> headers) throws IOException {
        Optional<String> coding = Optional.ofNullable(headers.get("transfer-encoding"));
        Optional<String> length = Optional.ofNullable(headers.get("content-length"));
        if (status < 200 || status == 204 || status == 304) {
            return InputStream.nullInputStream();
        }
        if (coding.isPresent()) {
            if (!coding.get().equalsIgnoreCase("chunked") || length.isPresent()) {
                throw new Malformed();
            }
            return new HttpBody(in, true, 0);
        }
        if (length.isPresent()) {
            if (!length.get().matches("[0-9]{1,15}")) {
                throw new Malformed();
            }
            return new HttpBody(in, false, Long.parseLong(length.get()));
        }
        return in;
    }

    /// A line up to its break, without it.
    static String line(InputStream in, int[] left) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException();
            }
            if (--left[0] < 0 || b == 0) {
                throw new Malformed();
            }
            line.write(b);
        }
        String text = line.toString(StandardCharsets.ISO_8859_1);
        return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
    }
}
