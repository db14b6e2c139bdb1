package org.rosterkeep.access;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.rosterkeep.roster.Journal;
import org.rosterkeep.roster.Shelf;
import org.rosterkeep.rules.Stopped;
import org.rosterkeep.rules.Stops;

/// The vendors' credentials of one district. All of them are in memory; the shelf has them for the next start.
///
/// A secret is shown once, when it is made. Two are good while a vendor changes over; a third rotation ends the first.
public final class Clients {
    static final String KIND = "client";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,63}");
    private static final byte[] NOBODY = new byte[32];

    private final Shelf shelf;
    private final Journal journal;
    private final SecureRandom random;
    private final Duration changeover;
    private final Map<String, ClientRecord> records = new ConcurrentHashMap<>();
    private final Stops stops = new Stops();

    /// @param changeover how long the old secret stays good after a rotation
    public Clients(Shelf shelf, Journal journal, SecureRandom random, Duration changeover) {
        this.shelf = shelf;
        this.journal = journal;
        this.random = random;
        this.changeover = changeover;
        shelf.all(KIND).forEach((id, document) -> records.put(id, ClientRecord.read(document)));
    }

    /// What may be remembered of a client's document that is replaced: who it was, and no secret.
    public static byte[] remembered(byte[] document) {
        ClientRecord record = ClientRecord.read(document);
        return new ClientRecord(record.client(), List.of(), "").document();
    }

    /// Whose id and secret these are; empty when they are nobody's, and when the client is revoked. Takes the same work
    /// whether the id is known or not.
    public Optional<Client> authenticate(String id, String secret, Instant now) {
        byte[] presented = Secret.hash(secret);
        ClientRecord record = records.get(id);
        var keys = record == null ? List.<ClientRecord.Key>of() : record.keys();
        boolean good = false;
        for (int i = 0; i < 2; i++) {
            boolean there = i < keys.size();
            byte[] expected = there ? keys.get(i).hash() : NOBODY;
            boolean same = MessageDigest.isEqual(expected, presented);
            good |= same && there && now.isBefore(keys.get(i).until());
        }
        return record != null && good && !record.client().revoked() ? Optional.of(record.client()) : Optional.empty();
    }

    /// The client of this id, revoked ones included.
    public Optional<Client> find(String id) {
        return Optional.ofNullable(records.get(id)).map(ClientRecord::client);
    }

    /// The client of this id unless it is revoked.
    public Optional<Client> live(String id) {
        return find(id).filter(client -> !client.revoked());
    }

    /// All clients, by id, revoked ones included.
    public List<Client> list() {
        return records.values().stream()
                .map(ClientRecord::client)
                .sorted(Comparator.comparing(Client::id))
                .toList();
    }

    /// Makes a client with its first secret. OAuth 1.0a is off.
    public synchronized Client.Issued make(Client.Wanted wanted, String actor, Instant now) {
        if (!NAME.matcher(wanted.id()).matches()) {
            throw new AccessFault(AccessFault.Code.NAME_NOT_ALLOWED);
        }
        if (records.containsKey(wanted.id())) {
            throw new AccessFault(AccessFault.Code.CLIENT_EXISTS);
        }
        if (list().stream().anyMatch(other -> !other.revoked() && other.rule().equals(wanted.rule()))) {
            throw new AccessFault(AccessFault.Code.RULE_TAKEN);
        }
        Client client = new Client(
                wanted.id(), wanted.vendor(), wanted.rule(), wanted.dialects(), wanted.scopes(), false, now, false);
        Secret secret = Secret.fresh(random);
        var key = new ClientRecord.Key(secret.hash(), Instant.MAX);
        keep("client.made", actor, new ClientRecord(client, List.of(key), ""));
        return new Client.Issued(client, secret);
    }

    /// Makes a new secret; the one before stays good for the changeover, any older one ends now.
    public synchronized Client.Issued rotate(String id, String actor, Instant now) {
        ClientRecord record = changeable(id);
        Secret secret = Secret.fresh(random);
        List<ClientRecord.Key> keys = new ArrayList<>();
        keys.add(new ClientRecord.Key(secret.hash(), Instant.MAX));
        record.keys().stream()
                .filter(key -> key.until().equals(Instant.MAX))
                .findFirst()
                .ifPresent(old -> keys.add(new ClientRecord.Key(old.hash(), now.plus(changeover))));
        keep("client.rotated", actor, new ClientRecord(record.client(), keys, record.signing()));
        return new Client.Issued(record.client(), secret);
    }

    /// Ends the changeover: only the newest secret is good from now on.
    public synchronized void endChangeover(String id, String actor) {
        ClientRecord record = changeable(id);
        List<ClientRecord.Key> newest = record.keys().stream()
                .filter(key -> key.until().equals(Instant.MAX))
                .toList();
        keep("client.changeover-ended", actor, new ClientRecord(record.client(), newest, record.signing()));
    }

    /// Lets the client sign requests with OAuth 1.0a, with a secret of its own: one that must rest recoverable must not
    /// also open the token endpoint. Calling it again makes a new secret; the old one ends at once.
    public synchronized Client.Issued allowOAuth1(String id, String actor) {
        ClientRecord record = changeable(id);
        Secret secret = Secret.fresh(random);
        Client client = record.client().withOAuth1(true);
        keep("client.oauth1-allowed", actor, new ClientRecord(client, record.keys(), secret.disclose()));
        return new Client.Issued(client, secret);
    }

    public synchronized void forbidOAuth1(String id, String actor) {
        ClientRecord record = changeable(id);
        Client client = record.client().withOAuth1(false);
        keep("client.oauth1-forbidden", actor, new ClientRecord(client, record.keys(), ""));
    }

    /// Ends a client for ever, at once. See [Stopped] for what may be late.
    public synchronized Stopped revoke(String id, String actor) {
        ClientRecord record = records.get(id);
        if (record == null) {
            throw new AccessFault(AccessFault.Code.CLIENT_UNKNOWN);
        }
        ClientRecord stopped = new ClientRecord(record.client().stopped(), List.of(), "");
        records.put(id, stopped);
        Shelf from = shelf.dated();
        return stops.write(
                "client " + id,
                () -> from.put(KIND, id, stopped.document()),
                () -> journal.record("client.revoked", actor, facts(stopped.client())));
    }

    /// Tries again to write down the stops that could not be. True when none is left.
    public synchronized boolean settle() {
        return stops.settle();
    }

    /// The secret an OAuth 1.0a signature of this client is made with; empty when it may not sign.
    Optional<Secret> signingSecret(String id) {
        ClientRecord record = records.get(id);
        return record == null
                        || record.client().revoked()
                        || !record.client().oauth1()
                        || record.signing().isEmpty()
                ? Optional.empty()
                : Optional.of(new Secret(record.signing()));
    }

    private ClientRecord changeable(String id) {
        ClientRecord record = records.get(id);
        if (record == null) {
            throw new AccessFault(AccessFault.Code.CLIENT_UNKNOWN);
        }
        if (record.client().revoked()) {
            throw new AccessFault(AccessFault.Code.CLIENT_REVOKED);
        }
        return record;
    }

    /// Recorded first, kept second, in force last.
    private void keep(String kind, String actor, ClientRecord record) {
        journal.record(kind, actor, facts(record.client()));
        shelf.put(KIND, record.client().id(), record.document());
        records.put(record.client().id(), record);
    }

    private static Map<String, String> facts(Client client) {
        return Map.of("client", client.id(), "vendor", client.vendor(), "rule", client.rule());
    }
}
