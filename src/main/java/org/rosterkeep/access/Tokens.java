package org.rosterkeep.access;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Stopped;

/// The tokens of one district's clients: 256 random bits each, known only by their hash, good for a short while.
///
/// They are kept on the shelf so that a restart does not end a pull, and in memory so that a request costs one hash.
public final class Tokens {
    static final String KIND = "token";

    /// More live tokens than this per client are a fault of its program: the oldest end.
    private static final int LIVE_MAX = 64;

    private final Shelf shelf;
    private final Clients clients;
    private final SecureRandom random;
    private final Duration life;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    private record Held(Bearer bearer, Instant until) {}

    /// Who shows a token, and what it opens.
    ///
    /// @param scopes what was granted, in the forms that were granted
    public record Bearer(String clientId, Set<OAuthScope.Addressed> scopes) {
        public Bearer {
            scopes = Set.copyOf(scopes);
        }

        public boolean has(OAuthScope scope, Dialect dialect) {
            return scopes.contains(new OAuthScope.Addressed(scope, dialect));
        }
    }

    /// How a request for a token ended.
    public sealed interface Issue {
        /// @param token shown once
        /// @param scope the granted scopes' addresses, separated by spaces: the `scope` of the answer
        record Granted(Secret token, Duration life, String scope) implements Issue {}

        /// Nothing of what was asked for is this client's to have: `invalid_scope`.
        record NothingToGrant() implements Issue {}
    }

    /// @param life how long a token is good; 15 minutes unless set otherwise
    public Tokens(Shelf shelf, Clients clients, SecureRandom random, Duration life, Instant now) {
        this.shelf = shelf;
        this.clients = clients;
        this.random = random;
        this.life = life;
        shelf.all(KIND).forEach((hash, document) -> held.put(hash, read(document)));
        sweep(now);
    }

    /// Makes a token for a client that has just proved who it is.
    ///
    /// @param requested the request's `scope`, as it came; blank for all the client may have. What the client
    /// may not
    ///     have is left out, not refused, because clients ask for every scope they know (OneRoster 1.2 section 3)
    public synchronized Issue issue(Client client, String requested, Instant now) {
        Set<OAuthScope.Addressed> granted = granted(client, requested);
        if (granted.isEmpty()) {
            return new Issue.NothingToGrant();
        }
        Secret token = Secret.fresh(random);
        Held entry = new Held(new Bearer(client.id(), granted), now.plus(life));
        String hash = HexFormat.of().formatHex(token.hash());
        List<Shelf.Change> changes = new ArrayList<>();
        changes.add(new Shelf.Change.Put(KIND, hash, document(entry)));
        List<String> ended = surplus(client.id());
        ended.forEach(old -> changes.add(new Shelf.Change.Remove(KIND, old)));
        shelf.apply(changes);
        held.keySet().removeAll(ended);
        held.put(hash, entry);
        return new Issue.Granted(token, life, sorted(granted));
    }

    /// Whose token this is; empty for an unknown, ended or revoked one, and when its client is revoked.
    public Optional<Bearer> bearer(String token, Instant now) {
        Held entry = held.get(HexFormat.of().formatHex(Secret.hash(token)));
        return entry != null
                        && now.isBefore(entry.until())
                        && clients.live(entry.bearer().clientId()).isPresent()
                ? Optional.of(entry.bearer())
                : Optional.empty();
    }

    /// Ends every token of a client, at once; the next one needs its secret. What could not be removed from the shelf
    /// is tried again at the next [#sweep(Instant)], and would end by itself with its life.
    public synchronized Stopped revokeClient(String clientId) {
        List<String> ended = of(clientId);
        held.keySet().removeAll(ended);
        try {
            remove(ended);
            return new Stopped(true, true);
        } catch (RuntimeException e) {
            return new Stopped(false, true);
        }
    }

    /// Forgets tokens that have ended; called now and then. Returns how many are live.
    public synchronized int sweep(Instant now) {
        held.values().removeIf(entry -> !now.isBefore(entry.until()));
        remove(shelf.ids(KIND).stream().filter(hash -> !held.containsKey(hash)).toList());
        return held.size();
    }

    private static Set<OAuthScope.Addressed> granted(Client client, String requested) {
        Set<OAuthScope.Addressed> all = client.dialects().stream()
                .flatMap(dialect -> client.scopes().stream().map(scope -> new OAuthScope.Addressed(scope, dialect)))
                .collect(Collectors.toSet());
        if (requested.isBlank()) {
            return all;
        }
        return List.of(requested.strip().split("\\s+")).stream()
                .flatMap(uri -> OAuthScope.Addressed.of(uri).stream())
                .filter(all::contains)
                .collect(Collectors.toSet());
    }

    private List<String> of(String clientId) {
        return held.entrySet().stream()
                .filter(entry -> entry.getValue().bearer().clientId().equals(clientId))
                .sorted(Comparator.comparing(entry -> entry.getValue().until()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private List<String> surplus(String clientId) {
        List<String> mine = of(clientId);
        return mine.subList(0, Math.max(0, mine.size() - LIVE_MAX + 1));
    }

    private void remove(List<String> hashes) {
        if (!hashes.isEmpty()) {
            shelf.apply(hashes.stream()
                    .map(hash -> (Shelf.Change) new Shelf.Change.Remove(KIND, hash))
                    .toList());
        }
    }

    private static String sorted(Set<OAuthScope.Addressed> scopes) {
        var uris = new TreeSet<String>();
        scopes.forEach(scope -> uris.add(scope.uri()));
        return String.join(" ", uris);
    }

    private static byte[] document(Held entry) {
        return Json.createObjectBuilder()
                .add("client", entry.bearer().clientId())
                .add("scope", sorted(entry.bearer().scopes()))
                .add("until", entry.until().toString())
                .build()
                .toString()
                .getBytes(StandardCharsets.UTF_8);
    }

    private static Held read(byte[] document) {
        try (var reader = Json.createReader(new ByteArrayInputStream(document))) {
            JsonObject json = reader.readObject();
            JsonString scope = json.getJsonString("scope");
            Set<OAuthScope.Addressed> scopes = List.of(scope.getString().split(" ")).stream()
                    .map(uri -> OAuthScope.Addressed.of(uri).orElseThrow())
                    .collect(Collectors.toSet());
            return new Held(new Bearer(json.getString("client"), scopes), Instant.parse(json.getString("until")));
        } catch (JsonException
                | NullPointerException
                | ClassCastException
                | java.util.NoSuchElementException
                | DateTimeException e) {
            throw new AccessFault(AccessFault.Code.DOCUMENT_DAMAGED);
        }
    }
}
