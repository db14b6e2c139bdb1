package org.rosterkeep.courier;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.rosterkeep.courier.wire.Code;

/// What is said to a mail server (RFC 5321), one command and one reply at a time. Byte by byte it reads no further than
/// a reply goes: what a server, or somebody in between, says too early is not taken for what was said under TLS.
final class Smtp {
    private static final int LINE_MAX = 1024;
    private static final int LINES_MAX = 100;

    private final InputStream in;
    private final OutputStream out;

    Smtp(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /// @param lines without the number, upper case
    record Reply(int number, List<String> lines) {
        Reply {
            lines = List.copyOf(lines);
        }

        boolean good() {
            return number / 100 == 2;
        }
    }

    /// The other side said no.
    static final class Said extends IOException {
        private static final long serialVersionUID = 1L;

        final int number;

        Said(int number) {
            super("the mail server said no");
            this.number = number;
        }
    }

    void greeted() throws IOException {
        expect(reply(), 220);
    }

    /// @return the extensions it has, `STARTTLS`, and the ways to log in as `AUTH PLAIN`
    Set<String> hello(String name) throws IOException {
        var reply = ask("EHLO " + name);
        expect(reply, 250);
        Set<String> has = new TreeSet<>();
        for (String line : reply.lines()) {
            String[] words = line.split(" +");
            has.add(words[0]);
            for (int i = 1; i < words.length && words[0].equals("AUTH"); i++) {
                has.add("AUTH " + words[i]);
            }
        }
        return has;
    }

    void startTls() throws IOException {
        expect(ask("STARTTLS"), 220);
    }

    /// @throws Refused when it does not let the user in, or knows no way that is spoken here
    void login(Set<String> has, String user, String password) throws IOException {
        Reply reply;
        if (has.contains("AUTH PLAIN")) {
            reply = ask("AUTH PLAIN " + coded("\0" + user + "\0" + password));
        } else if (has.contains("AUTH LOGIN")) {
            expect(ask("AUTH LOGIN"), 334);
            expect(ask(coded(user)), 334);
            reply = ask(coded(password));
        } else {
            throw new Refused(Code.LOGIN_FAILED, "The mail server knows no way to log in that is spoken here.");
        }
        if (reply.number() != 235) {
            throw new Refused(Code.LOGIN_FAILED, "The mail server does not let this user in.");
        }
    }

    void envelope(Envelope envelope) throws IOException {
        expect(ask("MAIL FROM:<" + envelope.sender() + ">"), 250);
        for (String recipient : envelope.recipients()) {
            var reply = ask("RCPT TO:<" + recipient + ">");
            if (!reply.good()) {
                throw new Said(reply.number());
            }
        }
        expect(ask("DATA"), 354);
    }

    /// Everything but the dot at the end, without which the other side has nothing.
    void data(List<String> lines) throws IOException {
        for (String line : lines) {
            out.write(((line.startsWith(".") ? "." : "") + line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
    }

    Reply end() throws IOException {
        return ask(".");
    }

    void quit() throws IOException {
        ask("QUIT");
    }

    private static String coded(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private Reply ask(String command) throws IOException {
        if (command.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new Refused(Code.SECRET_UNUSABLE, "Something to be said to the mail server is not plain text.");
        }
        out.write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
        return reply();
    }

    private static void expect(Reply reply, int number) throws IOException {
        if (reply.number() != number) {
            throw new Said(reply.number());
        }
    }

    private Reply reply() throws IOException {
        List<String> lines = new ArrayList<>();
        while (true) {
            String line = line();
            if (!line.matches("[2-5][0-9]{2}([ -].*)?") || lines.size() == LINES_MAX) {
                throw new Refused(Code.ANSWER_FORM, "This is no mail server's reply.");
            }
            lines.add(line.length() > 4 ? line.substring(4).toUpperCase(Locale.ROOT) : "");
            if (line.length() == 3 || line.charAt(3) == ' ') {
                return new Reply(Integer.parseInt(line.substring(0, 3)), lines);
            }
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException();
            }
            if (line.length() == LINE_MAX) {
                throw new Refused(Code.ANSWER_FORM, "This is no mail server's reply.");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }
}
