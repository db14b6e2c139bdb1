package org.rosterkeep.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedCommandTest {
    @TempDir
    private Path directory;

    private int run(Path key) {
        var words = new String[] {
            "signed",
            directory.resolve("sums").toString(),
            "--signature",
            directory.resolve("sums.sig").toString(),
            "--key",
            key.toString()
        };
        return Rosterkeep.commandLine(words)
                .setOut(new PrintWriter(new StringWriter()))
                .setErr(new PrintWriter(new StringWriter()))
                .execute(words);
    }

    private Path publicKey(String name, KeyPair pair) throws Exception {
        var text = Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded());
        return Files.writeString(
                directory.resolve(name), "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n");
    }

    @Test
    @DisplayName("what was signed with the key is taken; another key, another text, another signature is not")
    void signed() throws Exception {
        var generator = KeyPairGenerator.getInstance("Ed25519");
        var ours = generator.generateKeyPair();
        var key = publicKey("ours.pem", ours);
        var text = "a digest  a file\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        var signer = Signature.getInstance("Ed25519");
        signer.initSign(ours.getPrivate());
        signer.update(text);
        var signature = signer.sign();
        Files.write(directory.resolve("sums"), text);
        Files.write(directory.resolve("sums.sig"), signature);
        assertEquals(0, run(key));

        assertEquals(4, run(publicKey("theirs.pem", generator.generateKeyPair())));
        assertEquals(4, run(Files.writeString(directory.resolve("none.pem"), "no key")));
        Files.write(directory.resolve("sums.sig"), new byte[64]);
        assertEquals(4, run(key));
        Files.write(directory.resolve("sums.sig"), new byte[0]);
        assertEquals(4, run(key));
        Files.write(directory.resolve("sums.sig"), signature);
        text[0] ^= 1;
        Files.write(directory.resolve("sums"), text);
        assertEquals(4, run(key));
        assertEquals(3, run(directory.resolve("absent.pem")));
    }
}
