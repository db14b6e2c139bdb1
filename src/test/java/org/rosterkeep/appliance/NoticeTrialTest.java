package org.rosterkeep.appliance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import jakarta.json.Json;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.rosterkeep.commands.Common;
import org.rosterkeep.keys.Authority;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.server.SMTPServer;

/// From a person's file to a mail in a server's hands: a trial, its second process, and a real mail server.
@Timeout(300)
class NoticeTrialTest {
    private static final String SECRET = "mail orbit canyon velvet";

    private final List<String> mails = new CopyOnWriteArrayList<>();

    private SMTPServer server(Path directory) throws Exception {
        var identity = new Authority(directory, List.of("localhost"), Clock.systemUTC(), new SecureRandom()).identity();
        var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(identity.keyStore(), identity.password());
        var context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        BasicMessageListener heard =
                (session, from, to, data) -> mails.add(to + "\n" + new String(data, StandardCharsets.US_ASCII));
        return SMTPServer.port(0)
                .bindAddress(InetAddress.getLoopbackAddress())
                .messageHandler(heard)
                .requireTLS(true)
                .startTlsSocketFactory(context, false)
                .authenticationHandlerFactory(new EasyAuthenticationHandlerFactory((user, password, session) -> {
                    if (!user.equals("keep") || !password.equals(SECRET)) {
                        throw new LoginFailedException();
                    }
                }))
                .build();
    }

    private static String file(int port, String recipient) {
        return Json.createObjectBuilder()
                .add("id", "office-mail")
                .add("kind", "smtp")
                .add("host", "localhost")
                .add("port", port)
                .add("country", "US")
                .add("internal", true)
                .add("user", "keep")
                .add("until", "2099-07-31T00:00:00Z")
                .add("sender", "rosterkeep@school.example")
                .add("recipients", Json.createArrayBuilder().add(recipient))
                .add("tls", "starttls")
                .build()
                .toString();
    }

    private static String operator(TrialRun trial, String role, String but) {
        return trial.file().operators().stream()
                .filter(one -> one.roles().contains(role) && !one.name().equals(but))
                .findFirst()
                .orElseThrow()
                .name();
    }

    private String awaited(int n) throws InterruptedException {
        for (int i = 0; i < 600 && mails.size() < n; i++) {
            TimeUnit.MILLISECONDS.sleep(200);
        }
        assertEquals(n, mails.size());
        return mails.get(n - 1);
    }

    @Test
    @DisplayName("a mail leaves only when two people signed for it, and then by the courier; stopped, nothing leaves")
    void mail(@TempDir Path directory) throws Exception {
        var tls = Files.createDirectory(directory.resolve("tls"));
        var server = server(tls);
        server.start();
        try (var trial = new TrialRun(directory.resolve("t"), Optional.empty(), line -> {})) {
            var authority = new Authority(tls, List.of("localhost"), Clock.systemUTC(), new SecureRandom());
            Files.copy(authority.authorityFile(), trial.home().authorities());
            var author = operator(trial, "privacy-officer", "");
            var approver = operator(trial, "approver", author);
            var port = server.getPortAllocated();

            assertEquals(
                    Exit.NOT_FOUND,
                    trial.refused("notice test", new Common.Args()).exit());
            trial.ask("notice put", trial.as(author).with("file", file(port, "po@school.example")));
            assertEquals(
                    Exit.NOT_FOUND,
                    trial.refused("notice test", new Common.Args()).exit(),
                    "one signature is none");
            assertThrows(
                    Trouble.class,
                    () -> trial.ask("notice approve", trial.as(author).with("id", "office-mail")));
            trial.ask("notice approve", trial.as(approver).with("id", "office-mail"));
            trial.ask(
                    "notice secret",
                    trial.as(author)
                            .with("id", "office-mail")
                            .with("part", "password")
                            .with("text", SECRET));
            trial.ask("notice test", new Common.Args());
            var mail = awaited(1);
            assertTrue(mail.startsWith("po@school.example\n"), mail);
            assertTrue(mail.contains("Subject: Rosterkeep: a test"), mail);
            trial.file().operators().forEach(one -> assertFalse(mail.contains(one.name()), mail));
            var ledger = "";
            for (int i = 0; i < 50 && !ledger.contains("notice.delivered"); i++) {
                TimeUnit.MILLISECONDS.sleep(200);
                ledger = trial.ask("ledger list", new Common.Args().with("last", 50))
                        .toString();
            }
            assertTrue(ledger.contains("notice.sending") && ledger.contains("notice.delivered"), ledger);

            // Survives a restart, signatures and all.
            trial.restart(() -> {});
            trial.ask("notice test", new Common.Args());
            awaited(2);

            // Another text begins without the signatures of others.
            trial.ask("notice put", trial.as(author).with("file", file(port, "thief@home.example")));
            assertEquals(
                    Exit.NOT_FOUND,
                    trial.refused("notice test", new Common.Args()).exit());
            trial.ask("notice stop", new Common.Args().with("id", "office-mail"));
            assertEquals(
                    Exit.REFUSED,
                    trial.refused("notice approve", trial.as(approver).with("id", "office-mail"))
                            .exit());
            assertEquals(2, mails.size());
            var digest = trial.ask("notice digest", new Common.Args()).toString();
            assertTrue(digest.contains("WHAT LEFT") && digest.contains("WHAT WAS REFUSED"), digest);
        } finally {
            server.stop();
        }
    }

    @Test
    @DisplayName("what gets worse is in the journal once, by its matter; a refusal is a number by its reason, without a"
            + " vendor")
    void round(@TempDir Path directory) throws Exception {
        try (var trial = new TrialRun(directory.resolve("t"), Optional.empty(), line -> {})) {
            var now = java.time.Instant.now();
            trial.lookRound(now);
            var first = trial.logged();
            assertEquals(1, count(first, "\"what\":\"DRILL\",\"now\":\"WARNING\""), first);
            assertTrue(count(first, "\"what\":\"ADMINISTRATOR\"") >= 1, first);
            assertEquals(0, count(first, "\"what\":\"RULE\""), first);
            var officer = operator(trial, "privacy-officer", "");
            var rule = trial.ask("rule list", new Common.Args())
                    .getJsonArray("rules")
                    .getJsonObject(0);
            trial.ask("vendor hold", trial.as(officer).with("id", rule.getString("vendor")));
            trial.vendor(0).get(org.rosterkeep.oracle.Pull.V1P2 + "/students?limit=10");
            trial.vendor(1).get(org.rosterkeep.oracle.Pull.V1P2 + "/students?limit=10");
            trial.lookRound(now.plusSeconds(1));
            assertEquals(0, count(trial.logged(), "\"what\":\"RULE\""), "not before the hour is over");
            trial.lookRound(now.plusSeconds(3601));
            trial.lookRound(now.plusSeconds(7202));
            var log = trial.logged();
            assertEquals(1, count(log, "\"what\":\"RULE\",\"now\":\"WARNING\",\"district\""), log);
            assertEquals(1, count(log, "\"what\":\"DRILL\""), log);
            assertEquals(0, count(log, "notice-failed"), log);
            var metrics = trial.ask("metrics", new Common.Args()).toString();
            assertTrue(metrics.contains("rosterkeep_denials_total{"), metrics);
            assertFalse(
                    metrics.contains(rule.getString("vendor")) || metrics.contains(rule.getString("rule")), metrics);
        }
    }

    private static int count(String text, String what) {
        return text.split(java.util.regex.Pattern.quote(what), -1).length - 1;
    }

    @Test
    @DisplayName("the week's page has what left by vendor and rule, how many people, what was refused, and nobody")
    void digest(@TempDir Path directory) throws Exception {
        try (var trial = new TrialRun(directory.resolve("t"), Optional.empty(), line -> {})) {
            var students = trial.vendor(0).get(org.rosterkeep.oracle.Pull.V1P2 + "/students?limit=100");
            int n = Json.createReader(new java.io.StringReader(students.body()))
                    .readObject()
                    .getJsonArray("users")
                    .size();
            var lines = trial.ask("notice digest", new Common.Args())
                    .getJsonArray("lines")
                    .toString();
            var rule = trial.file().vendors().getFirst().rule();
            assertTrue(lines.contains("rule " + rule + " version 1: 1 answers"), lines);
            assertTrue(lines.contains(n + " people at least"), n + " " + lines);
        }
    }
}
