package org.rosterkeep.courier;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.PublicKey;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.keyverifier.ServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.AttributeRepository;
import org.apache.sshd.common.io.nio2.Nio2ServiceFactoryFactory;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.client.extensions.openssh.OpenSSHPosixRenameExtension;
import org.rosterkeep.courier.wire.Code;
import org.rosterkeep.courier.wire.Order;
import org.rosterkeep.courier.wire.Result;
import org.rosterkeep.courier.wire.Secret;
import org.rosterkeep.courier.wire.Target;
import org.rosterkeep.courier.wire.WireFault;

/// By SFTP: a file is put down under a name that means nothing, and gets its own when it is whole. The host is known by
/// its key, which two people signed; there is no first time.
final class Sftp implements Carrier, AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final int PIECE = 1 << 15;
    /// Which host a connection is to: its key is shown before anybody holds the session.
    private static final AttributeRepository.AttributeKey<Host> HOST = new AttributeRepository.AttributeKey<>();

    private final SshClient client;

    Sftp() {
        client = SshClient.setUpDefaultClient();
        client.setIoServiceFactoryFactory(new Nio2ServiceFactoryFactory());
        // No files of the user's: no config, no known hosts, no keys but the order's.
        client.setHostConfigEntryResolver(org.apache.sshd.client.config.hosts.HostConfigEntryResolver.EMPTY);
        client.setKeyIdentityProvider(org.apache.sshd.common.keyprovider.KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setServerKeyVerifier((session, address, key) -> {
            Host host = session.getConnectionContext().getAttribute(HOST);
            return host != null && host.verifyServerKey(session, address, key);
        });
        client.start();
    }

    @Override
    public Attempt open(Order order, Where where, Handle handle) {
        Refused last = new Refused(Code.CONNECT_FAILED, "There is no address to try.");
        for (InetSocketAddress address : where.of(order.target())) {
            handle.check();
            Host host = new Host(order.target());
            try {
                return new Over(order, session(order, address, host, handle), handle);
            } catch (IOException e) {
                last = refused(host, e);
                if (last.code() != Code.CONNECT_FAILED) {
                    throw last;
                }
            }
        }
        handle.check();
        throw last;
    }

    private static Refused refused(Host host, IOException cause) {
        if (host.seen.get() == Seen.OTHER) {
            return new Refused(Code.HOST_KEY, "The host shows another key than the signed text names.", cause);
        }
        return host.seen.get() == Seen.THE_ONE
                ? new Refused(Code.LOGIN_FAILED, "The host did not accept the login.", cause)
                : new Refused(Code.CONNECT_FAILED, "The host could not be reached.", cause);
    }

    private ClientSession session(Order order, InetSocketAddress address, Host host, Handle handle) throws IOException {
        String user = order.target()
                .user()
                .orElseThrow(() -> new Refused(Code.GRANT_TARGET, "The target names nobody to log in as."));
        ClientSession session = client.connect(user, address, AttributeRepository.ofKeyValuePair(HOST, host))
                .verify(PATIENCE)
                .getSession();
        handle.holds(() -> session.close(true));
        try {
            order.secret().part(Secret.Part.PASSWORD).ifPresent(session::addPasswordIdentity);
            order.secret()
                    .part(Secret.Part.PRIVATE_KEY)
                    .ifPresent(text -> session.addPublicKeyIdentity(LoginKey.pair(text)));
            session.auth().verify(PATIENCE);
            return session;
        } catch (IOException | RuntimeException e) {
            session.close(true);
            throw e;
        }
    }

    @Override
    public void close() {
        client.stop();
    }

    private enum Seen {
        NOTHING,
        OTHER,
        THE_ONE
    }

    /// Looks at the key that the host shows.
    private static final class Host implements ServerKeyVerifier {
        private final Target target;
        private final AtomicReference<Seen> seen = new AtomicReference<>(Seen.NOTHING);

        Host(Target target) {
            this.target = target;
        }

        @Override
        public boolean verifyServerKey(ClientSession session, SocketAddress address, PublicKey key) {
            String wanted = target.hostKey().orElse("").replaceFirst("=$", "");
            boolean same = !wanted.isEmpty() && wanted.equals(fingerprint(key));
            seen.set(same ? Seen.THE_ONE : Seen.OTHER);
            return same;
        }
    }

    /// SHA-256 of a host's key as OpenSSH prints it, without its first word.
    static String fingerprint(PublicKey key) {
        var bytes = new ByteArrayBuffer();
        bytes.putRawPublicKey(key);
        return Base64.getEncoder()
                .withoutPadding()
                .encodeToString(Grant.sha256().digest(bytes.getCompactData()));
    }

    private static final class Over implements Attempt {
        private final Order order;
        private final ClientSession session;
        private final Handle handle;
        private boolean handedOver;

        Over(Order order, ClientSession session, Handle handle) {
            this.order = order;
            this.session = session;
            this.handle = handle;
        }

        @Override
        public Ending push(Pump pump) {
            String path = order.target().path();
            String waiting = path.substring(0, path.lastIndexOf('/') + 1) + "." + order.delivery() + ".part";
            try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session)) {
                write(sftp, waiting, pump);
                handle.check();
                handedOver = true;
                rename(sftp, waiting, path);
                return Ending.of(Result.Outcome.DELIVERED, Code.ACCEPTED);
            } catch (IOException | IllegalStateException | Refused e) {
                // A session that is closed meanwhile says so in two ways.
                return broken(e);
            }
        }

        /// What was begun is taken away again, as far as that is still possible.
        private void write(SftpClient sftp, String waiting, Pump pump) throws IOException {
            var how = List.of(SftpClient.OpenMode.Write, SftpClient.OpenMode.Create, SftpClient.OpenMode.Truncate);
            boolean whole = false;
            try {
                try (OutputStream out = sftp.write(waiting, PIECE, how)) {
                    pump.to(out);
                }
                whole = true;
            } finally {
                if (!whole && handle.stopped().isEmpty() && session.isOpen()) {
                    sftp.remove(waiting);
                }
            }
        }

        private static void rename(SftpClient sftp, String waiting, String path) throws IOException {
            var over = sftp.getExtension(OpenSSHPosixRenameExtension.class);
            if (over != null && over.isSupported()) {
                over.posixRename(waiting, path);
            } else {
                sftp.rename(waiting, path);
            }
        }

        @Override
        public Ending fetch(Sink sink) {
            try (SftpClient sftp = SftpClientFactory.instance().createSftpClient(session);
                    InputStream in = sftp.read(order.target().path(), PIECE)) {
                byte[] piece = new byte[PIECE];
                long all = 0;
                for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
                    all += n;
                    if (all > order.maxBytes()) {
                        throw new Refused(Code.ANSWER_SIZE, "The file is longer than the order allows.");
                    }
                    sink.take(piece, 0, n);
                }
                sink.end();
                return Ending.of(Result.Outcome.DELIVERED, Code.ACCEPTED);
            } catch (IOException | IllegalStateException | Refused e) {
                return broken(e);
            }
        }

        private Ending broken(Exception failure) {
            Result.Outcome outcome = handedOver ? Result.Outcome.UNKNOWN : Result.Outcome.FAILED;
            if (handle.stopped().isPresent()) {
                return Ending.of(outcome, handle.stopped().get());
            }
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof WireFault fault) {
                    throw fault;
                }
                if (cause instanceof Refused refused) {
                    return Ending.of(Result.Outcome.REFUSED, refused.code());
                }
            }
            return Ending.of(outcome, Code.FAILED_THERE);
        }

        @Override
        public void close() {
            session.close(true);
        }
    }
}
