package org.rosterkeep.commands;

import jakarta.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.Callable;
import org.rosterkeep.appliance.Answer;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Trouble;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `rosterkeep signed`: whether a file is signed with a key. It is how an installed program looks at a newer one where
/// the system has nothing that knows Ed25519.
@Command(
        name = "signed",
        description = "Say whether a file is signed with a key (Ed25519); exit code 4 when it is not.",
        footer = {
            "",
            "Examples:",
            "  rosterkeep signed SHA256SUMS --signature SHA256SUMS.sig --key release.pem",
            "  rosterkeep signed SHA256SUMS --signature SHA256SUMS.sig --key release.pem --json"
        })
final class SignedCommand implements Callable<Integer> {
    @Mixin
    private Common common;

    @Parameters(paramLabel = "FILE", description = "What was signed.")
    private Path file;

    @Option(names = "--signature", paramLabel = "FILE", required = true, description = "Its signature, 64 bytes.")
    private Path signature;

    @Option(names = "--key", paramLabel = "FILE", required = true, description = "The public key, PEM.")
    private Path key;

    @Override
    public Integer call() {
        if (!fits()) {
            throw new Trouble(
                    Exit.REFUSED,
                    "The file is not signed with this key.",
                    "The file, its signature or the key is another one.",
                    "Get the file and the key anew, from whom you trust.");
        }
        return common.answer(
                Answer.of(Json.createObjectBuilder().add("signed", true).build(), "The file is signed with this key."));
    }

    private boolean fits() {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(der())));
            verifier.update(Files.readAllBytes(file));
            return verifier.verify(Files.readAllBytes(signature));
        } catch (GeneralSecurityException | IllegalArgumentException unusable) {
            return false;
        } catch (IOException e) {
            throw new Trouble(
                            Exit.NOT_FOUND,
                            "The signature could not be looked at.",
                            "Reading stopped with " + e.getClass().getSimpleName() + ".",
                            "Check the paths of the file, the signature and the key.")
                    .because(e);
        }
    }

    private byte[] der() throws IOException {
        var text = Files.readString(key, StandardCharsets.US_ASCII).replaceAll("-----[A-Z ]+-----|\\s", "");
        return Base64.getDecoder().decode(text);
    }
}
