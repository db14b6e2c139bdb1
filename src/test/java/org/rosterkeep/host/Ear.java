package org.rosterkeep.host;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/// Listens on loopback for as long as it lives, and says so when somebody connects.
public final class Ear {
    private Ear() {}

    public static void main(String[] words) throws IOException {
        try (var server = new ServerSocket(Integer.parseInt(words[0]), 50, InetAddress.getLoopbackAddress())) {
            while (true) {
                try (var heard = server.accept()) {
                    System.out.println("heard " + heard.getPort());
                    System.out.flush();
                }
            }
        }
    }
}
