package org.rosterkeep.host;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/// Two operators who sign a rule that sends to each of some hosts: writes their keys down as root would, and
/// the papers as
/// the keep does. In plain texts, so that it needs nothing of the program.
///
/// Words: the file of operators, the folder of grants, and hosts with ports, `vendor.test:9443`.
public final class Notary {
    private static final String AT = "2020-08-01T08:00:00Z";

    private Notary() {}

    public static void main(String[] words) throws Exception {
        var anna = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        var ben = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Files.writeString(Path.of(words[0]), "[" + anchor("anna", anna) + "," + anchor("ben", ben) + "]");
        for (var word : List.of(words).subList(2, words.length)) {
            var pair = word.split(":");
            var text =
                    "{\"id\":\"r\",\"version\":1,\"from\":\"2020-01-01T00:00:00Z\",\"until\":\"2099-01-01T00:00:00Z\","
                        + "\"fields\":{\"user\":{\"givenName\":\"as-is\"}},\"destination\":{\"country\":\"DE\",\"push\":{\"kind\":"
                        + "\"https-json\",\"host\":\"" + pair[0] + "\",\"port\":" + pair[1]
                            + ",\"path\":\"/\",\"country\":\"DE\",\"internal\":true}}}";
            Files.writeString(
                    Path.of(words[1]).resolve(pair[0] + ".json"),
                    "{\"district\":\"d\",\"text\":\"" + text.replace("\"", "\\\"") + "\",\"endorsements\":["
                            + signed("anna", anna, "propose", text) + "," + signed("ben", ben, "approve", text)
                            + "],\"others\":{}}");
        }
        System.out.println("signed " + Instant.now());
    }

    private static String anchor(String name, KeyPair keys) {
        return "{\"district\":\"d\",\"operator\":\"" + name + "\",\"roles\":[\"approver\"],\"publicKeys\":[\""
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()) + "\"]}";
    }

    private static String signed(String name, KeyPair keys, String act, String text) throws Exception {
        var hash = HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        var ed25519 = Signature.getInstance("Ed25519");
        ed25519.initSign(keys.getPrivate());
        ed25519.update(String.join("\n", "rosterkeep endorsement 1", act, hash, name, AT)
                .getBytes(StandardCharsets.UTF_8));
        return "{\"operator\":\"" + name + "\",\"act\":\"" + act + "\",\"at\":\"" + AT
                + "\",\"roles\":[],\"signature\":\"" + Base64.getEncoder().encodeToString(ed25519.sign()) + "\"}";
    }
}
