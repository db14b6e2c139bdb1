package org.rosterkeep.host;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

/// In place of the courier, inside its unit: says which of some addresses it reaches; or goes on sending to one.
///
/// Words: `reach ADDRESS:PORT...` or `send ADDRESS:PORT`.
public final class Errand {
    private static final int PATIENCE_MS = 1500;
    private static final int PIECE = 1 << 12;

    private Errand() {}

    public static void main(String[] words) throws Exception {
        for (var word : Arrays.asList(words).subList(1, words.length)) {
            if (words[0].equals("send")) {
                send(at(word));
            } else {
                System.err.println("PROBE reaching " + word + ": " + (reached(at(word)) ? "ALLOWED" : "refused"));
            }
        }
    }

    private static InetSocketAddress at(String word) {
        int colon = word.lastIndexOf(':');
        return new InetSocketAddress(word.substring(0, colon), Integer.parseInt(word.substring(colon + 1)));
    }

    private static boolean reached(InetSocketAddress at) {
        try (var socket = new Socket()) {
            socket.connect(at, PATIENCE_MS);
            return true;
        } catch (IOException refused) {
            return String.valueOf(refused.getMessage()).contains("refused");
        }
    }

    /// A little every few milliseconds, for half a minute.
    private static void send(InetSocketAddress at) throws Exception {
        try (var socket = new Socket()) {
            socket.connect(at, PATIENCE_MS);
            for (int i = 0; i < 6000; i++) {
                socket.getOutputStream().write(new byte[PIECE]);
                Thread.sleep(5);
            }
        } catch (IOException broken) {
            System.err.println("PROBE sending: broken off");
        }
    }
}
