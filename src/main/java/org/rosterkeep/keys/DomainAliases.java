package org.rosterkeep.keys;

import java.security.GeneralSecurityException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;
import org.rosterkeep.disclosure.Aliases;

/// The outward ids of every pseudonym domain: one AES-128 block per record, a key per domain.
///
/// A single block without chaining is right here, and only here: every input is a different record, so equal outputs
/// cannot tell anything but "the same record", which is what an id is for.
public final class DomainAliases implements Aliases.Book {
    private static final int BLOCK = 16;

    private final Function<String, SecretKeySpec> keys;
    private final ConcurrentHashMap<String, Domain> domains = new ConcurrentHashMap<>();

    DomainAliases(Function<String, SecretKeySpec> keys) {
        this.keys = keys;
    }

    @Override
    public Aliases of(String domain) {
        return domains.computeIfAbsent(domain, name -> new Domain(keys.apply(name)));
    }

    private record Pair(Cipher conceal, Cipher recover) {}

    /// Ciphers are dear to make and serve one thread at a time; so they wait in a queue, not in thread locals that a
    /// virtual thread would throw away.
    private static final class Domain implements Aliases {
        private final SecretKeySpec key;
        private final ConcurrentLinkedQueue<Pair> idle = new ConcurrentLinkedQueue<>();

        Domain(SecretKeySpec key) {
            this.key = key;
        }

        @Override
        public void conceal(byte[] blocks, int count) {
            Pair pair = take();
            try {
                pair.conceal.doFinal(blocks, 0, count * BLOCK, blocks, 0);
            } catch (GeneralSecurityException e) {
                throw new KeyFault(KeyFault.Code.UNAVAILABLE, "ids could not be concealed", e);
            }
            idle.offer(pair);
        }

        @Override
        public void recover(byte[] block) {
            Pair pair = take();
            try {
                pair.recover.doFinal(block, 0, BLOCK, block, 0);
            } catch (GeneralSecurityException e) {
                throw new KeyFault(KeyFault.Code.UNAVAILABLE, "an id could not be recovered", e);
            }
            idle.offer(pair);
        }

        private Pair take() {
            Pair pair = idle.poll();
            return pair != null ? pair : make();
        }

        private Pair make() {
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
