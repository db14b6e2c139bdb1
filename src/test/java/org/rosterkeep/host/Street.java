package org.rosterkeep.host;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/// Listeners of the street, in a network of their own: each says when something reaches it, and of a connection
/// that goes
/// on sending, every 20 ms in which something came.
///
/// Words: addresses with ports, `10.77.0.2:9443`; TCP and UDP alike.
public final class Street {
    private static final int PIECE = 1 << 14;

    private Street() {}

    public static void main(String[] words) throws Exception {
        for (var word : words) {
            int colon = word.lastIndexOf(':');
            var at = new InetSocketAddress(word.substring(0, colon), Integer.parseInt(word.substring(colon + 1)));
            var server = new ServerSocket();
            server.bind(at);
            var packets = new DatagramSocket(at);
            Thread.ofPlatform().start(() -> connections(server, word));
            Thread.ofPlatform().start(() -> packets(packets, word));
        }
        say("listening");
        Thread.currentThread().join();
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }

    private static void connections(ServerSocket server, String word) {
        while (true) {
            try {
                var one = server.accept();
                say("heard " + word + " tcp");
                Thread.ofPlatform().start(() -> listen(one, word));
            } catch (IOException e) {
                return;
            }
        }
    }

    private static void listen(Socket one, String word) {
        var piece = new byte[PIECE];
        long said = 0;
        try (one) {
            for (int n = one.getInputStream().read(piece);
                    n >= 0;
                    n = one.getInputStream().read(piece)) {
                long now = System.currentTimeMillis();
                if (now - said >= 20) {
                    said = now;
                    say("bytes " + word + " " + now);
                }
            }
        } catch (IOException e) {
            say("broken " + word);
        }
    }

    private static void packets(DatagramSocket socket, String word) {
        while (true) {
            try {
                socket.receive(new DatagramPacket(new byte[PIECE], PIECE));
                say("heard " + word + " udp");
            } catch (IOException e) {
                return;
            }
        }
    }
}
