package org.rosterkeep.keys;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.agreement.X25519Agreement;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import org.bouncycastle.math.ec.ECPoint;

/// The private half of a pair that something is sealed to. The public half stands in the open, so that what is sealed
/// can be sealed anew without the private one. New pairs are on P-256, which is among the approved curves;
/// those of kits
/// that were made before are on Curve25519.
sealed interface BoxKey {
    /// How long a public key on Curve25519 is.
    int CURVE25519 = 32;

    /// How long one on P-256 is, uncompressed.
    int P256 = 65;

    /// The public half.
    byte[] point();

    /// What both sides share, the caller's to wipe.
    ///
    /// @throws KeyFault `DAMAGED` when the other side's is no public key of this kind
    byte[] agree(byte[] other);

    /// The pair of a secret, of the same kind as `like`.
    static BoxKey of(byte[] seed, int like) {
        return like == CURVE25519 ? new On25519(new X25519PrivateKeyParameters(seed, 0)) : OnP256.of(seed);
    }

    /// A pair to be used once.
    static BoxKey once(int like, SecureRandom random) {
        byte[] seed = Secrets.bytes(random);
        try {
            return of(seed, like);
        } finally {
            Arrays.fill(seed, (byte) 0);
        }
    }

    record On25519(X25519PrivateKeyParameters key) implements BoxKey {
        @Override
        public byte[] point() {
            return key.generatePublicKey().getEncoded();
        }

        @Override
        public byte[] agree(byte[] other) {
            try {
                X25519Agreement agreement = new X25519Agreement();
                agreement.init(key);
                byte[] secret = new byte[agreement.getAgreementSize()];
                agreement.calculateAgreement(new X25519PublicKeyParameters(other, 0), secret, 0);
                return secret;
            } catch (IllegalArgumentException | IllegalStateException e) {
                throw new KeyFault(KeyFault.Code.DAMAGED, "a public key cannot be read", e);
            }
        }
    }

    record OnP256(BigInteger number) implements BoxKey {
        private static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("P-256"));

        /// 512 derived bits before the remainder is taken: no number is more likely than another.
        static OnP256 of(byte[] seed) {
            byte[] wide = Arrays.copyOf(Derivation.key(seed, "p256 high"), 64);
            System.arraycopy(Derivation.key(seed, "p256 low"), 0, wide, 32, 32);
            BigInteger less = CURVE.getN().subtract(BigInteger.ONE);
            BigInteger number = new BigInteger(1, wide).mod(less).add(BigInteger.ONE);
            Arrays.fill(wide, (byte) 0);
            return new OnP256(number);
        }

        @Override
        public byte[] point() {
            return CURVE.getG().multiply(number).normalize().getEncoded(false);
        }

        @Override
        public byte[] agree(byte[] other) {
            try {
                ECPoint point = CURVE.validatePublicPoint(CURVE.getCurve().decodePoint(other));
                return point.multiply(number).normalize().getAffineXCoord().getEncoded();
            } catch (IllegalArgumentException e) {
                throw new KeyFault(KeyFault.Code.DAMAGED, "a public key cannot be read", e);
            }
        }

        /// Never the number.
        @Override
        public String toString() {
            return "a private key on P-256";
        }
    }
}
