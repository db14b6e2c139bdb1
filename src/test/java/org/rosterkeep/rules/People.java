package org.rosterkeep.rules;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/// People who can sign, with real keys and without passwords.
public final class People implements Signers {
    private final Map<String, KeyPair> keys = new HashMap<>();

    public Signer person(String name) {
        return person(name, EnumSet.allOf(Endorsement.Act.class));
    }

    Signer person(String name, Set<Endorsement.Act> may) {
        return person(name, may, Set.of());
    }

    Signer person(String name, Set<Endorsement.Act> may, Set<String> roles) {
        KeyPair pair = keys.computeIfAbsent(name, any -> fresh());
        return new Signer() {
            @Override
            public String operator() {
                return name;
            }

            @Override
            public boolean may(Endorsement.Act act, Instant now) {
                return may.contains(act);
            }

            @Override
            public Set<String> capacities() {
                return roles;
            }

            @Override
            public byte[] sign(byte[] statement) {
                return People.sign(pair, statement);
            }
        };
    }

    /// Somebody who claims to be this operator and has a key of their own making.
    Signer impostor(String name) {
        person(name);
        KeyPair other = fresh();
        return new Signer() {
            @Override
            public String operator() {
                return name;
            }

            @Override
            public boolean may(Endorsement.Act act, Instant now) {
                return true;
            }

            @Override
            public byte[] sign(byte[] statement) {
                return People.sign(other, statement);
            }
        };
    }

    @Override
    public boolean verifies(String operator, byte[] statement, byte[] signature) {
        try {
            if (!keys.containsKey(operator)) {
                return false;
            }
            Signature check = Signature.getInstance("Ed25519");
            check.initVerify(keys.get(operator).getPublic());
            check.update(statement);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static byte[] sign(KeyPair pair, byte[] statement) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(statement);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static KeyPair fresh() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
