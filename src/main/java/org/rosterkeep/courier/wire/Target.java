package org.rosterkeep.courier.wire;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.util.Optional;

/// Where something goes, or comes from. The same members stand in the text that people sign, and there they decide.
///
/// @param host a name in lower-case ASCII, never an address
/// @param path begins with `/`; for SFTP the file, whose folder exists
/// @param country ISO 3166-1 alpha-2
/// @param internal whether the host may have an address of the house's own networks
/// @param pin SHA-256 of the key in the host's certificate (its SubjectPublicKeyInfo), base64
/// @param user for SFTP, the name to log in with
/// @param hostKey for SFTP, SHA-256 of the host's public key as OpenSSH prints it, without `SHA256:`
public record Target(
        String host,
        int port,
        String path,
        String country,
        boolean internal,
        Optional<String> pin,
        Optional<String> user,
        Optional<String> hostKey) {
    private static final int HOST_MAX = 253;
    private static final int PATH_MAX = 2048;
    private static final int PORT_MAX = 65535;

    public Target {
        if (host.length() > HOST_MAX
                || !host.matches("(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)*[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?")) {
            throw new WireFault("host");
        }
        if (port < 1 || port > PORT_MAX) {
            throw new WireFault("port");
        }
        if (path.length() > PATH_MAX || !path.matches("/[!-~&&[^#\\\\]]*") || path.contains("/../")) {
            throw new WireFault("path");
        }
        if (!country.matches("[A-Z]{2}")) {
            throw new WireFault("country");
        }
    }

    /// The same place with another path.
    public Target under(String other) {
        return new Target(host, port, other, country, internal, pin, user, hostKey);
    }

    public JsonObject json() {
        var json = Json.createObjectBuilder()
                .add("host", host)
                .add("port", port)
                .add("path", path)
                .add("country", country)
                .add("internal", internal);
        pin.ifPresent(text -> json.add("pin", text));
        user.ifPresent(text -> json.add("user", text));
        hostKey.ifPresent(text -> json.add("hostKey", text));
        return json.build();
    }

    public static Target read(Members members) {
        Target target = new Target(
                members.text("host", HOST_MAX),
                (int) members.number("port", 1, PORT_MAX),
                members.text("path", PATH_MAX),
                members.text("country", 2),
                members.flag("internal"),
                members.optionalText("pin", Members.SHORT),
                members.optionalText("user", Members.SHORT),
                members.optionalText("hostKey", Members.SHORT));
        members.close();
        return target;
    }
}
