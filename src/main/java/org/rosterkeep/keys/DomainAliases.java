package org.rosterkeep.keys;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.rosterkeep.disclosure.Aliases;

/// The outward ids of every pseudonym domain: one AES-128 block per record, a key per domain.
///
/// A single block without chaining is right here, and only here: every input is a different record, so equal outputs
/// cannot tell anything but "the same record", which is what an id is for.
public final class DomainAliases implements Aliases.Book {
    private static final int BLOCK = 16;

    private final KeyRing ring;
    private final DomainKeys keys;
    private final ConcurrentHashMap<String, Opened> domains = new ConcurrentHashMap<>();

    /// The only one of its district: that is why no domain ever gets two keys.
    public DomainAliases(KeyRing ring, DomainKeys keys) {
        this.ring = ring;
        this.keys = keys;
    }

    /// What is made from one domain's secret.
    private record Opened(Domain ids, Domain tags) {}

    @Override
    public Aliases of(String domain) {
        return opened(domain).ids;
    }

    @Override
    public Aliases tags(String domain) {
        return opened(domain).tags;
    }

    @Override
    public boolean forgot(String domain) {
        return ring.forgot(domain);
    }

    /// Destroys a domain's key for good: wherever it is kept, what it was wrapped by, and in memory. Done again, it
    /// finishes what a power cut left undone.
    public synchronized void forget(String domain) {
        keys.drop(domain);
        ring.forget(domain);
        Opened opened = domains.remove(domain);
        if (opened != null) {
            opened.ids.close();
            opened.tags.close();
        }
    }

    private Opened opened(String domain) {
        Opened known = domains.get(domain);
        return known != null ? known : open(domain);
    }

    /// A new domain's key is durable before it makes the first id.
    private synchronized Opened open(String domain) {
        Opened known = domains.get(domain);
        if (known != null) {
            return known;
        }
        byte[] secret = keys.wrapped(domain)
                .map(wrapped -> ring.unwrap(domain, wrapped))
                .orElseGet(() -> fresh(domain));
        byte[] forTags = Derivation.key(secret, "etags");
        try {
            Opened opened = new Opened(
                    new Domain(new SecretKeySpec(secret, 0, BLOCK, "AES")),
                    new Domain(new SecretKeySpec(forTags, 0, BLOCK, "AES")));
            domains.put(domain, opened);
            return opened;
        } finally {
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(forTags, (byte) 0);
        }
    }

    private byte[] fresh(String domain) {
        byte[] secret = ring.domainSecret();
        keys.keep(Map.of(domain, ring.wrap(domain, secret)));
        return secret;
    }

    private record Pair(Cipher conceal, Cipher recover) {}

    /// Ciphers are dear to make and serve one thread at a time; so they wait in a queue, not in thread locals that a
    /// virtual thread would throw away.
    private static final class Domain implements Aliases {
        private volatile Optional<SecretKeySpec> key;
        private final ConcurrentLinkedQueue<Pair> idle = new ConcurrentLinkedQueue<>();

        Domain(SecretKeySpec key) {
            this.key = Optional.of(key);
        }

        /// Whoever still holds it makes and recovers nothing more.
        void close() {
            key = Optional.empty();
            idle.clear();
        }

        @Override
        public void conceal(byte[] blocks, int count) {
            Pair pair = take();
            try {
                pair.conceal.doFinal(blocks, 0, count * BLOCK, blocks, 0);
            } catch (GeneralSecurityException e) {
                throw new KeyFault(KeyFault.Code.UNAVAILABLE, "ids could not be concealed", e);
            }
            giveBack(pair);
        }

        @Override
        public void recover(byte[] block) {
            Pair pair = take();
            try {
                pair.recover.doFinal(block, 0, BLOCK, block, 0);
            } catch (GeneralSecurityException e) {
                throw new KeyFault(KeyFault.Code.UNAVAILABLE, "an id could not be recovered", e);
            }
            giveBack(pair);
        }

        private void giveBack(Pair pair) {
            idle.offer(pair);
            if (key.isEmpty()) {
                idle.clear();
            }
        }

        private Pair take() {
            SecretKeySpec open = key.orElseThrow(
                    () -> new KeyFault(KeyFault.Code.NO_SUCH_DOMAIN, "the key of this pseudonym domain was destroyed"));
            Pair pair = idle.poll();
            return pair != null ? pair : make(open);
        }

        private static Pair make(SecretKeySpec key) {
            try {
                Cipher conceal = Cipher.getInstance("AES/ECB/NoPadding");
                conceal.init(Cipher.ENCRYPT_MODE, key);
                Cipher recover = Cipher.getInstance("AES/ECB/NoPadding");
                recover.init(Cipher.DECRYPT_MODE, key);
                return new Pair(conceal, recover);
            } catch (GeneralSecurityException e) {
                throw new KeyFault(KeyFault.Code.UNAVAILABLE, "this Java runtime has no AES", e);
            }
        }
    }
}
