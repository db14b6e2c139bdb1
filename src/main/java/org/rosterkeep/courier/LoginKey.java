package org.rosterkeep.courier;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.jcajce.provider.asymmetric.util.EC5Util;
import org.rosterkeep.courier.wire.Code;

/// The key pair to log in with by SFTP. The order brings the private half, and SSH shows the public one first, so it is
/// worked out: RSA has it inside, for an elliptic curve it is the generator times the number.
final class LoginKey {
    private LoginKey() {}

    static KeyPair pair(String pem) {
        PrivateKey key = Pem.key(pem);
        try {
            return new KeyPair(other(key), key);
        } catch (GeneralSecurityException e) {
            throw unusable();
        }
    }

    private static PublicKey other(PrivateKey key) throws GeneralSecurityException {
        return switch (key) {
            case RSAPrivateCrtKey rsa ->
                KeyFactory.getInstance("RSA")
                        .generatePublic(new RSAPublicKeySpec(rsa.getModulus(), rsa.getPublicExponent()));
            case ECPrivateKey ec -> {
                var curve = EC5Util.convertCurve(ec.getParams().getCurve());
                var point = EC5Util.convertPoint(curve, ec.getParams().getGenerator())
                        .multiply(ec.getS())
                        .normalize();
                var at = new ECPoint(
                        point.getAffineXCoord().toBigInteger(),
                        point.getAffineYCoord().toBigInteger());
                yield KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(at, ec.getParams()));
            }
            default -> throw unusable();
        };
    }

    private static Refused unusable() {
        return new Refused(Code.SECRET_UNUSABLE, "The key to log in with is none of RSA or an elliptic curve.");
    }
}
