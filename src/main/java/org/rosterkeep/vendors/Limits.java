package org.rosterkeep.vendors;

import java.time.Duration;

/// What one listener bears (operations.md section 5, "Limits"). The server has no limits of its own.
///
/// @param connections at a time, in all; more wait in the backlog
/// @param perAddress at a time, from one network address; more are closed at once
/// @param silence from the connection (TLS included) to the first byte of the first request
/// @param headers from a request's first byte to the end of its headers
/// @param idle between two requests on one connection
/// @param body for the whole body
/// @param bodyGrace after which a body must have arrived at [#rateMin] on the average
/// @param rateMin bytes a second, of a body on its way in and of an answer on its way out
/// @param stall for the client to take one piece of an answer, on top of its size at [#rateMin]
/// @param work for an answer's next piece to be ready
/// @param headerBytes of all headers together
/// @param prologueBytes of the request line
/// @param bodyBytes of a body
/// @param grace for requests on their way when the listener stops
/// @param requestsPerClient at a time, of one credential
public record Limits(
        int connections,
        int perAddress,
        Duration silence,
        Duration headers,
        Duration idle,
        Duration body,
        Duration bodyGrace,
        long rateMin,
        Duration stall,
        Duration work,
        int headerBytes,
        int prologueBytes,
        long bodyBytes,
        Duration grace,
        int requestsPerClient) {
    public static Limits usual() {
        return new Limits(
                4_000,
                100,
                Duration.ofSeconds(10),
                Duration.ofSeconds(10),
                Duration.ofSeconds(60),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10),
                1_024,
                Duration.ofSeconds(60),
                Duration.ofMinutes(2),
                16_384,
                16_384,
                1 << 20,
                Duration.ofSeconds(10),
                50);
    }

    public Limits withConnections(int all, int perAddress) {
        return new Limits(
                all,
                perAddress,
                silence,
                headers,
                idle,
                body,
                bodyGrace,
                rateMin,
                stall,
                work,
                headerBytes,
                prologueBytes,
                bodyBytes,
                grace,
                requestsPerClient);
    }

    /// The same with other times for waiting on a client; for trials and tests.
    public Limits withWaits(Duration silence, Duration headers, Duration idle, Duration body, Duration bodyGrace) {
        return new Limits(
                connections,
                perAddress,
                silence,
                headers,
                idle,
                body,
                bodyGrace,
                rateMin,
                stall,
                work,
                headerBytes,
                prologueBytes,
                bodyBytes,
                grace,
                requestsPerClient);
    }
}
