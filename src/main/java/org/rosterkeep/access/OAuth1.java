package org.rosterkeep.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Verifies requests signed with OAuth 1.0a (RFC 5849), two-legged, as OneRoster 1.1 clients send them: HMAC-SHA1 or
/// HMAC-SHA256, everything in the `Authorization` header. Only for clients that have it switched on.
public final class OAuth1 {
    private static final String SCHEME = "oauth ";
    private static final Map<String, String> METHODS = Map.of("HMAC-SHA1", "HmacSHA1", "HMAC-SHA256", "HmacSHA256");
    private static final Set<String> NEEDED =
            Set.of("oauth_consumer_key", "oauth_signature_method", "oauth_signature", "oauth_timestamp", "oauth_nonce");
    private static final int NONCE_MAX = 128;
    /// A key nobody has: unknown clients cost the same work as known ones.
    private static final Secret NOBODY = new Secret("");

    private final Clients clients;
    private final Duration window;
    private final Nonces nonces;

    /// A request, as far as it is signed.
    ///
    /// @param method the HTTP method, as sent
    /// @param url scheme, authority and path as sent, without the query
    /// @param query the query's parameters, decoded, in any order
    /// @param authorization the whole header
    public record Signed(String method, String url, Map<String, List<String>> query, String authorization) {
        public Signed {
            query = Map.copyOf(query);
        }
    }

    /// @param window how far a request's time may be off the clock, either way
    /// @param noncesMax how many requests of one client are remembered; more in one window are refused
    /// @param started requests stamped before this are refused: which of them were seen before a restart is
    /// forgotten
    public OAuth1(Clients clients, Duration window, int noncesMax, Instant started) {
        this.clients = clients;
        this.window = window;
        this.nonces = new Nonces(window, noncesMax, started);
    }

    /// The client that signed exactly this request, just now and for the first time; else empty, and nobody is
    /// told why.
    public Optional<Client> verify(Signed request, Instant now) {
        Optional<Map<String, String>> header = Header.parse(request.authorization());
        if (header.isEmpty() || !wellFormed(header.get())) {
            return Optional.empty();
        }
        Map<String, String> oauth = header.get();
        String id = oauth.getOrDefault("oauth_consumer_key", "");
        Optional<Secret> secret = clients.signingSecret(id);
        String expected =
                sign(oauth.getOrDefault("oauth_signature_method", ""), base(request, oauth), secret.orElse(NOBODY));
        boolean same = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                oauth.getOrDefault("oauth_signature", "").getBytes(StandardCharsets.UTF_8));
        if (!same || secret.isEmpty()) {
            return Optional.empty();
        }
        Optional<Instant> stamp = timestamp(oauth);
        boolean fresh = stamp.isPresent()
                && stamp.get().isAfter(now.minus(window))
                && stamp.get().isBefore(now.plus(window))
                && nonces.first(id, stamp.get(), oauth.getOrDefault("oauth_nonce", ""), now);
        return fresh ? clients.live(id) : Optional.empty();
    }

    private static boolean wellFormed(Map<String, String> oauth) {
        return NEEDED.stream().noneMatch(name -> oauth.getOrDefault(name, "").isEmpty())
                && METHODS.containsKey(oauth.getOrDefault("oauth_signature_method", ""))
                && oauth.getOrDefault("oauth_version", "1.0").equals("1.0")
                && oauth.getOrDefault("oauth_token", "").isEmpty()
                && oauth.getOrDefault("oauth_nonce", "").length() <= NONCE_MAX;
    }

    private static Optional<Instant> timestamp(Map<String, String> oauth) {
        try {
            return Optional.of(Instant.ofEpochSecond(Long.parseLong(oauth.getOrDefault("oauth_timestamp", ""))));
        } catch (NumberFormatException | DateTimeException e) {
            return Optional.empty();
        }
    }

    /// The signature base string (RFC 5849 section 3.4.1).
    static String base(Signed request, Map<String, String> oauth) {
        List<String> pairs = new ArrayList<>();
        request.query().forEach((name, values) -> values.forEach(value -> pairs.add(pair(name, value))));
        oauth.forEach((name, value) -> {
            if (!name.equals("oauth_signature") && !name.equals("realm")) {
                pairs.add(pair(name, value));
            }
        });
        // Sorted by name, then value; a name that begins another comes first, so the separator must sort below all.
        pairs.sort(null);
        String parameters = String.join("&", pairs).replace('\u0000', '=');
        return String.join(
                "&",
                Percent.encode(request.method().toUpperCase(Locale.ROOT)),
                Percent.encode(address(request.url())),
                Percent.encode(parameters));
    }

    private static String pair(String name, String value) {
        return Percent.encode(name) + '\u0000' + Percent.encode(value);
    }

    /// Scheme and authority in lower case, without the port that the scheme implies (section 3.4.1.2).
    private static String address(String url) {
        int start = url.indexOf("://");
        int path = start < 0 ? -1 : url.indexOf('/', start + 3);
        String front = (path < 0 ? url : url.substring(0, path)).toLowerCase(Locale.ROOT);
        String rest = path < 0 ? "/" : url.substring(path);
        boolean implied = front.startsWith("https://") && front.endsWith(":443")
                || front.startsWith("http://") && front.endsWith(":80");
        return (implied ? front.substring(0, front.lastIndexOf(':')) : front) + rest;
    }

    /// The signature in base64; there is no token, so its half of the key is empty.
    static String sign(String method, String base, Secret secret) {
        try {
            String algorithm = METHODS.getOrDefault(method, "");
            Mac mac = Mac.getInstance(algorithm);
            byte[] key = (Percent.encode(secret.disclose()) + "&").getBytes(StandardCharsets.UTF_8);
            mac.init(new SecretKeySpec(key, algorithm));
            return Base64.getEncoder().encodeToString(mac.doFinal(base.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new AccessFault(AccessFault.Code.CRYPTOGRAPHY_MISSING);
        }
    }

    /// The parameters of an `Authorization` header (section 3.5.1).
    private static final class Header {
        static Optional<Map<String, String>> parse(String header) {
            if (header.length() < SCHEME.length()
                    || !header.substring(0, SCHEME.length()).equalsIgnoreCase(SCHEME)) {
                return Optional.empty();
            }
            Map<String, String> parameters = new java.util.TreeMap<>();
            for (String part : header.substring(SCHEME.length()).split(",", -1)) {
                Optional<Map.Entry<String, String>> parameter = parameter(part.strip());
                if (parameter.isEmpty()
                        || parameters.putIfAbsent(
                                        parameter.get().getKey(),
                                        parameter.get().getValue())
                                != null) {
                    return Optional.empty();
                }
            }
            return Optional.of(parameters);
        }

        private static Optional<Map.Entry<String, String>> parameter(String part) {
            int equals = part.indexOf('=');
            String value = part.substring(equals + 1).strip();
            if (equals < 1 || value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
                return Optional.empty();
            }
            Optional<String> name = Percent.decode(part.substring(0, equals).strip());
            Optional<String> text = Percent.decode(value.substring(1, value.length() - 1));
            return name.isPresent() && text.isPresent()
                    ? Optional.of(Map.entry(name.get(), text.get()))
                    : Optional.empty();
        }
    }
}
