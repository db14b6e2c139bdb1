package org.rosterkeep.appliance;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.rosterkeep.keys.Authority;
import org.rosterkeep.keys.ServerIdentity;
import org.rosterkeep.log.Event;
import org.rosterkeep.vendors.Limits;
import org.rosterkeep.vendors.Listener;
import org.rosterkeep.vendors.ListenerFault;
import org.rosterkeep.vendors.VendorApi;

/// The side that faces the street: the HTTPS listener of the vendors, with a certificate of the customer's or
/// of our own
/// local authority.
final class Front implements AutoCloseable {
    private static final Duration LOOK = Duration.ofDays(1);

    private final Home home;
    private final Settings settings;
    private final Wiring wiring;
    private final Listener listener;
    private volatile ServerIdentity identity;
    private volatile Instant looked;

    private Front(Home home, Settings settings, Wiring wiring, Listener listener, ServerIdentity identity) {
        this.home = home;
        this.settings = settings;
        this.wiring = wiring;
        this.listener = listener;
        this.identity = identity;
        this.looked = wiring.clock().instant();
    }

    /// @param handed the listening socket the service manager keeps for us; without one, ours is opened
    static Front open(
            Home home, Settings settings, Districts districts, Wiring wiring, Optional<ServerSocketChannel> handed) {
        var identity = identity(home, settings, wiring);
        var face = new org.rosterkeep.vendors.Settings(settings.publicUrl(), settings.trial(), Limits.usual());
        try {
            var api = new VendorApi(
                    new Street(districts), face, fault -> wiring.log().say(Event.VENDOR_REQUEST_FAILED, fault));
            var place = place(settings, identity);
            var listener =
                    handed.map(socket -> Listener.open(socket, place, api)).orElseGet(() -> Listener.open(place, api));
            return new Front(home, settings, wiring, listener, identity);
        } catch (ListenerFault e) {
            throw unusable(home, settings, e).because(e);
        }
    }

    private static Trouble unusable(Home home, Settings settings, ListenerFault fault) {
        return switch (fault.code()) {
            case PORT_UNUSABLE ->
                new Trouble(
                        Exit.FAILED,
                        "Port " + settings.port() + " of " + settings.address() + " cannot be used.",
                        "Another program listens there, or this user may not open it.",
                        "Stop that program, or choose another port: --port N, or listen-port in " + home.settings()
                                + ".");
            case IDENTITY_UNUSABLE ->
                new Trouble(
                        Exit.FAILED,
                        "The certificate cannot be used.",
                        "There is no private key that belongs to it.",
                        "Check tls-certificate-file and tls-key-file in " + home.settings() + ".");
        };
    }

    private static ServerIdentity identity(Home home, Settings settings, Wiring wiring) {
        return settings.certificate()
                .map(one -> Authority.given(one.chain(), one.key(), wiring.clock()))
                .orElseGet(() -> authority(home, settings, wiring).identity());
    }

    private static Authority authority(Home home, Settings settings, Wiring wiring) {
        var names = new ArrayList<>(settings.names());
        Authority.hostName().ifPresent(names::add);
        if (!everywhere(settings)) {
            names.add(settings.address());
        }
        return new Authority(home.tls(), names, wiring.clock(), wiring.random());
    }

    private static Listener.Place place(Settings settings, ServerIdentity identity) {
        return new Listener.Place(address(settings), settings.port(), identity.keyStore(), identity.password());
    }

    private static InetAddress address(Settings settings) {
        try {
            return InetAddress.getByName(settings.address());
        } catch (UnknownHostException e) {
            throw Trouble.wrongUse(
                            "The address " + settings.address() + " is not this machine's.",
                            "It could not be resolved.",
                            "Correct listen-address.")
                    .because(e);
        }
    }

    private static boolean everywhere(Settings settings) {
        return List.of("0.0.0.0", "::").contains(settings.address());
    }

    /// Once a day: a certificate that was renewed, by us or by the customer, is shown without a restart.
    void tidy(Instant now) {
        if (now.isBefore(looked.plus(LOOK))) {
            return;
        }
        looked = now;
        var fresh = identity(home, settings, wiring);
        if (!fresh.until().equals(identity.until())) {
            listener.renew(place(settings, fresh));
            identity = fresh;
            wiring.log().say(Event.CERTIFICATE_RENEWED);
        }
    }

    /// What the vendors' URLs begin with.
    String baseUrl() {
        return settings.publicUrl().orElse("https://" + host() + ":" + listener.port());
    }

    private String host() {
        if (!settings.names().isEmpty()) {
            return settings.names().getFirst();
        }
        if (everywhere(settings)) {
            return Authority.hostName().orElse("localhost");
        }
        return settings.address().contains(":") ? "[" + settings.address() + "]" : settings.address();
    }

    /// The certificate a client has to trust: our authority's, or the customer's chain.
    Path caFile() {
        return identity.authority()
                .or(() -> settings.certificate().map(Settings.Certificate::chain))
                .orElse(home.tls());
    }

    /// When the certificate that is shown ends.
    Instant certificateUntil() {
        return identity.until();
    }

    @Override
    public void close() {
        listener.close();
    }
}
