package org.rosterkeep.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A token in software (SoftHSM2), where it is installed.
class TokenTest {
    private static final String PIN = "84213";

    @TempDir
    private Path directory;

    private Path module = Path.of("/nowhere");

    @BeforeEach
    void token() throws Exception {
        var found = List.of("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib64/pkcs11/libsofthsm2.so").stream()
                .map(Path::of)
                .filter(Files::exists)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), "SoftHSM2 is not here (package softhsm2): no token is tried");
        module = found.orElseThrow();
        fresh("one");
    }

    private void fresh(String name) throws Exception {
        Files.createDirectories(directory.resolve(name));
        Files.writeString(
                directory.resolve("conf"),
                "directories.tokendir = " + directory.resolve(name)
                        + "\nobjectstore.backend = file\nlog.level = ERROR\n");
        said(List.of("softhsm2-util", "--init-token", "--free", "--label", name, "--pin", PIN, "--so-pin", "11223344"));
    }

    private List<String> said(List<String> words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("SOFTHSM2_CONF", directory.resolve("conf").toString()));
        var process = builder.start();
        var text = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        process.waitFor();
        return text.lines().toList();
    }

    private String probe(String pin, String... words) throws Exception {
        var all = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                TokenProbe.class.getName(),
                module.toString(),
                pin));
        all.addAll(List.of(words));
        return String.join("\n", said(all));
    }

    @Test
    @DisplayName("the token opens what its key sealed; another token, a changed box and a key that is missing do not")
    void seals() throws Exception {
        var sealed = probe(PIN, "seal", "rosterkeep");
        assertTrue(sealed.startsWith("pkcs11-aes-gcm key=rosterkeep iv="), sealed);
        assertEquals("opened", probe(PIN, "open", sealed));
        // The same key once more: it was kept on the token, and not made anew.
        var second = probe(PIN, "seal", "rosterkeep");
        assertEquals("opened", probe(PIN, "open", second));
        assertEquals("opened", probe(PIN, "open", sealed));
        var last = sealed.charAt(sealed.length() - 1) == '0' ? '1' : '0';
        assertTrue(probe(PIN, "open", sealed.substring(0, sealed.length() - 1) + last)
                .startsWith("TOKEN: "));
        assertTrue(probe(PIN, "open", sealed.replace("key=rosterkeep", "key=other"))
                .startsWith("TOKEN: "));
        fresh("two");
        assertTrue(probe(PIN, "open", sealed).startsWith("TOKEN: "));
    }

    @Test
    @DisplayName("a wrong PIN is tried once and told, and the right one is taken afterwards")
    void pin() throws Exception {
        var told = probe("00000", "seal", "rosterkeep");
        assertTrue(told.startsWith("TOKEN: the token did not take the PIN"), told);
        var sealed = probe(PIN, "seal", "rosterkeep");
        assertEquals("opened", probe(PIN, "open", sealed));
    }

    @Test
    @DisplayName("a module that is not there, or is named in an odd way, is told and never loaded")
    void module() {
        for (var path : List.of("/nowhere/module.so", "module.so", "/tmp/a b.so", "/tmp/x\nname = y")) {
            assertEquals(
                    KeyFault.Code.TOKEN,
                    assertThrows(KeyFault.class, () -> Token.open(Path.of(path), Optional.empty(), new char[0]))
                            .code());
        }
        assertEquals(
                KeyFault.Code.DAMAGED,
                assertThrows(KeyFault.class, () -> Token.Sealed.read("pkcs11-aes-gcm key=a b iv=00 box=00"))
                        .code());
    }
}
