package org.rosterkeep.sources;

import java.util.Optional;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Way;
import org.rosterkeep.outbound.Fetch;
import org.rosterkeep.rules.RosterSource;
import org.rosterkeep.rules.SignedSource;

/// A zip of OneRoster files, fetched whole. What it says of itself, complete or changes only, its manifest says.
final class FileRun extends Run {
    private final RosterSource.RemoteFile file;
    private Kept kept;

    FileRun(SignedSource signed, RosterSource.RemoteFile file, Means means) {
        super(signed, means);
        this.file = file;
        kept = new Kept(means.spool().get());
    }

    @Override
    boolean bulk() {
        return true;
    }

    @Override
    String soFar() {
        return kept.length() + " bytes";
    }

    @Override
    Order order() {
        Secret secret = means().secret().apply(signed().source().id());
        if (secret.part(Secret.Part.PASSWORD)
                .or(() -> secret.part(Secret.Part.PRIVATE_KEY))
                .isEmpty()) {
            throw new Hitch.Met(Hitch.SECRET_MISSING);
        }
        return means().order(
                        signed(),
                        new Means.Asked(
                                Way.SFTP_GET,
                                Means.target(file.place(), file.country()),
                                Optional.empty(),
                                secret,
                                means().settings().fileBytesMax(),
                                means().settings().fileDeadline().toSeconds()));
    }

    @Override
    void take(byte[] piece) {
        kept.add(piece);
    }

    @Override
    void arrived(Fetch.Ended how) {
        Kept all = kept;
        ready(all.source(), Optional.of(all.digest()));
    }

    /// A second attempt begins anew.
    @Override
    void forget() {
        if (state() instanceof State.UnderWay) {
            kept.close();
            kept = new Kept(means().spool().get());
        }
    }

    @Override
    public void close() {
        kept.close();
    }
}
