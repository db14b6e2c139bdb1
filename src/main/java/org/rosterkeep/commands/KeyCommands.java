package org.rosterkeep.commands;

import jakarta.json.JsonObject;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.rosterkeep.appliance.Exit;
import org.rosterkeep.appliance.Instead;
import org.rosterkeep.appliance.Trouble;
import org.rosterkeep.keys.Token;
import org.rosterkeep.keys.Unsealing;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rosterkeep key`: what opens a district.
@Command(name = "key", description = "Unseal a district, and change its keys.", subcommands = WayCommands.class)
final class KeyCommands {
    @Mixin
    private Common common;

    @Command(
            name = "status",
            description = "Show how the district is unsealed and how old its key is.",
            footer = {"", "Examples:", "  rosterkeep key status", "  rosterkeep key status --json"})
    int status(@Mixin InDistrict in) {
        return in.call("key status", in.args());
    }

    @Command(
            name = "unseal",
            description = "Open a sealed district with its passphrase, its shares, or its recovery kit.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep key unseal --district springfield",
                "  rosterkeep key unseal --share       each person in turn",
                "  rosterkeep key unseal --library /usr/lib/softhsm/libsofthsm2.so       a token",
                "  rosterkeep key unseal --kit",
                "  rosterkeep key unseal --password-file - < passphrase.txt"
            })
    int unseal(
            @Mixin InDistrict in,
            @ArgGroup Instead instead,
            @Mixin TokenOptions token,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "Take the passphrase, or the words, from here.")
                    Optional<Path> file) {
        var args = in.args();
        if (instead != null && instead.kit) {
            args.with("kit", Passwords.read("Words of the recovery kit: ", file));
        } else if (instead != null && instead.share) {
            args.with("share", Passwords.read("Words of your share: ", file));
        } else if (token.given()) {
            return byToken(in, token);
        } else {
            args.with("passphrase", Passwords.read("Passphrase: ", file));
        }
        return in.call("key unseal", args);
    }

    /// What the token made of the secret stands in the key file, and the appliance tells it; the token is asked here.
    private static int byToken(InDistrict in, TokenOptions options) {
        var way = new Asker(in.common().home(), line -> {})
                .ask("key way list", in.args()).getJsonArray("ways").getValuesAs(JsonObject.class).stream()
                        .filter(one -> one.getString("method").equals("token"))
                        .findFirst()
                        .orElseThrow(() -> Trouble.wrongUse(
                                "The district is not opened by a token.",
                                "None of its ways is one.",
                                "See: rosterkeep key way list"));
        var rest = way.getString("parameters");
        byte[] secret = options.open().open(Token.Sealed.read(rest));
        try {
            return in.call(
                    "key unseal",
                    in.args().with("token", HexFormat.of().formatHex(secret)).with("rest", rest));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    @Command(
            name = "seal-to-token",
            description = "Let a PKCS#11 token or HSM open the district, by a key that never leaves it.",
            footer = {
                "",
                "The token is asked where this command runs, not by the service; --library is needed at each"
                        + " unsealing.",
                "Examples:",
                "  rosterkeep key seal-to-token --library /usr/lib/softhsm/libsofthsm2.so --operator anna",
                "  rosterkeep key unseal --library /usr/lib/softhsm/libsofthsm2.so"
            })
    int sealToToken(
            @Mixin InDistrict in,
            @Mixin As as,
            @Mixin TokenOptions options,
            @Option(
                            names = "--key",
                            paramLabel = "NAME",
                            defaultValue = "rosterkeep",
                            description = "The key's name on the token; made there if there is none.")
                    String key) {
        var random = new SecureRandom();
        byte[] secret = new byte[Unsealing.KEY_LENGTH];
        random.nextBytes(secret);
        try {
            var token = options.open();
            var sealed = token.seal(key, secret, random);
            // What it does not give back now, it would not later either.
            Arrays.fill(token.open(sealed), (byte) 0);
            return in.call(
                    "key way add",
                    as.in(in.args())
                            .with("method", "token")
                            .with("token", HexFormat.of().formatHex(secret))
                            .with("rest", sealed.text()));
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// What may be given instead of a passphrase.
    static final class Instead {
        @Option(names = "--kit", description = "With the words of the recovery kit instead.")
        private boolean kit;

        @Option(names = "--share", description = "With the words of one share; the others follow.")
        private boolean share;
    }

    @Command(
            name = "shares",
            description = "Split what opens the district among several people; void the shares before.",
            footer = {
                "",
                "Each share is sixteen words, printed once. Any --needed of them open the district, given in turn.",
                "Examples:",
                "  rosterkeep key shares --needed 3 --of 5 --operator anna",
                "  rosterkeep key unseal --share"
            })
    int shares(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(names = "--needed", paramLabel = "K", required = true, description = "How many open it, from 2.")
                    int needed,
            @Option(names = "--of", paramLabel = "N", required = true, description = "How many there are, at most 32.")
                    int of) {
        return in.call("key shares", as.in(in.args().with("needed", needed).with("of", of)));
    }

    @Command(
            name = "seal-to-host",
            description = "Let this machine open the district by itself; as root.",
            footer = {
                "",
                "systemd keeps the secret encrypted with the machine's TPM2, or with its host key, which is weaker.",
                "It does not open on another machine: make a recovery kit first.",
                "Examples:",
                "  sudo rosterkeep key seal-to-host --operator anna",
                "  rosterkeep key way list"
            })
    int sealToHost(@Mixin InDistrict in, @Mixin As as) {
        var args = as.in(in.args());
        var kept = new HostCredential(HostCredential.PLACE, new SecureRandom()).take();
        try {
            int exit = in.call(
                    "key way add",
                    args.with("method", "host").with("secret", HexFormat.of().formatHex(kept.secret())));
            if (exit == Exit.OK.code()) {
                in.common()
                        .hint(
                                kept.tpm()
                                        ? "This machine's TPM2 keeps it: it opens on no other machine."
                                        : "This machine has no TPM2. Its host key keeps it, which is weaker: whoever"
                                                + " has a copy of the whole disk has that key, too.");
            }
            return exit;
        } finally {
            Arrays.fill(kept.secret(), (byte) 0);
        }
    }

    @Command(
            name = "kit",
            description = "Make a recovery kit, or confirm it by two of its words.",
            footer = {
                "",
                "The words open the district and its backups when everything else is lost. They are shown once.",
                "Examples:",
                "  rosterkeep key kit --operator anna",
                "  rosterkeep key kit --confirm --operator anna"
            })
    int kit(
            @Mixin InDistrict in,
            @Mixin As as,
            @Option(names = "--confirm", description = "Prove that it was written down: two words are asked for.")
                    boolean confirm,
            @Option(
                            names = "--words-file",
                            paramLabel = "FILE",
                            description = "Take the two words from here, on one line; - is stdin.")
                    Optional<Path> file) {
        if (!confirm) {
            return in.call("key kit", as.in(in.args()));
        }
        var args = as.in(in.args());
        var words = file.isPresent()
                ? Passwords.read("", file)
                : Passwords.read("The two words that were asked for, with a space between: ", file);
        return in.call("key kit confirm", args.with("words", words));
    }

    @Command(
            name = "passphrase",
            description = "Change the passphrase, or move from a key file to a passphrase.",
            footer = {
                "",
                "Examples:",
                "  rosterkeep key passphrase",
                "  rosterkeep key passphrase --new-password-file new.txt --password-file old.txt"
            })
    int passphrase(
            @Mixin InDistrict in,
            @Mixin As.Beside as,
            @Option(names = "--kit", description = "Prove yourself by the recovery kit: the passphrase is lost.")
                    boolean kit,
            @Option(
                            names = "--password-file",
                            paramLabel = "FILE",
                            description = "The present passphrase, if any, or the kit's words.")
                    Optional<Path> old,
            @Option(names = "--new-password-file", paramLabel = "FILE", description = "The new one.")
                    Optional<Path> fresh) {
        var args = in.args();
        if (kit) {
            args.with("kit", Passwords.read("Words of the recovery kit: ", old));
        } else if (old.isPresent()) {
            args.with("old", Passwords.read("Present passphrase: ", old));
        }
        return in.call("key passphrase", as.in(args.with("new", Passwords.readNew("New passphrase: ", fresh))));
    }

    @Command(
            name = "rotate",
            description = "Begin a new district key and encrypt everything anew with it, bit by bit.",
            footer = {"", "Examples:", "  rosterkeep key rotate --operator anna", "  rosterkeep key status"})
    int rotate(@Mixin InDistrict in, @Mixin As as) {
        return in.call("key rotate", as.in(in.args()));
    }
}
