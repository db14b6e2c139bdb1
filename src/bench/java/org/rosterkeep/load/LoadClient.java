package org.rosterkeep.load;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Pulls pages as a vendor's client and prints rows per second of the server's processor time, next to what the same
/// bytes cost as a constant body. Medians over rounds that visit all variants in turn.
///
/// `LoadClient try.json APPLIANCE-PID CONSTANT-PORT CONSTANT-PID BODIES-DIR [ROUNDS] [CONNECTIONS]`
public final class LoadClient {
    private static final double ROUND_SECONDS = 1.5;
    private static final int[] LIMITS = {100, 1_000, 10_000};

    private final URI service;
    private final URI tokens;
    private final URI constant;
    private final Gauge appliance;
    private final Gauge yardstick;
    private final JsonObject vendor;
    private final int connections;

    private record Variant(String name, String target, int rows, long bytes, List<Double> cost, List<Double> plain) {}

    private LoadClient(String[] args) throws IOException {
        JsonObject trial;
        try (var reader = Json.createReader(new StringReader(Files.readString(Path.of(args[0]))))) {
            trial = reader.readObject();
        }
        service = URI.create(trial.getString("oneroster12"));
        tokens = URI.create(trial.getString("tokenUrl"));
        vendor = trial.getJsonArray("vendors").getJsonObject(0);
        appliance = new Gauge(Long.parseLong(args[1]));
        constant = URI.create("https://127.0.0.1:" + args[2]);
        yardstick = new Gauge(Long.parseLong(args[3]));
        connections = args.length > 6 ? Integer.parseInt(args[6]) : 1;
    }

    public static void main(String[] args) throws Exception {
        new LoadClient(args).run(Path.of(args[4]), args.length > 5 ? Integer.parseInt(args[5]) : 5);
    }

    private void run(Path bodies, int rounds) throws Exception {
        double idle = appliance.resident();
        List<Variant> variants = variants(bodies);
        for (int round = -1; round < rounds; round++) {
            String token = token();
            for (Variant variant : variants) {
                double cost = cost(appliance, service, variant.target, token);
                double plain = cost(yardstick, constant, "/" + variant.name, token);
                if (round >= 0) {
                    variant.cost.add(cost);
                    variant.plain.add(plain);
                }
            }
        }
        print(variants);
        System.out.printf(
                "%nresident before the first page %.0f MiB, now %.0f MiB, at most %.0f MiB%n",
                idle, appliance.resident(), appliance.peak());
    }

    /// First and last page of every collection and limit; the bodies are kept for the yardstick.
    private List<Variant> variants(Path bodies) throws Exception {
        List<Variant> variants = new ArrayList<>();
        String token = token();
        try (Line line = new Line(service)) {
            for (String collection : List.of("users", "enrollments")) {
                String path = service.getPath() + "/" + collection + "?limit=";
                long total = Long.parseLong(
                        expect(line.get(path + 1, token, false)).headers().get("x-total-count"));
                for (int limit : LIMITS) {
                    int rows = (int) Math.min(limit, total);
                    for (long offset : total > rows ? new long[] {0, total - rows} : new long[] {0}) {
                        String name = collection + "-" + limit + (offset == 0 ? "-first" : "-last");
                        String target = path + limit + "&offset=" + offset;
                        Line.Reply reply = expect(line.get(target, token, true));
                        Files.write(bodies.resolve(name), reply.body());
                        variants.add(
                                new Variant(name, target, rows, reply.bytes(), new ArrayList<>(), new ArrayList<>()));
                    }
                }
            }
        }
        return variants;
    }

    /// Seconds of the server's processor time for one request.
    private double cost(Gauge gauge, URI server, String target, String token) throws Exception {
        double before = gauge.cpu();
        long until = System.nanoTime() + (long) (ROUND_SECONDS * 1e9);
        List<Future<Long>> counts = new ArrayList<>();
        long requests = 0;
        try (var threads = Executors.newFixedThreadPool(connections)) {
            Callable<Long> pull = () -> {
                try (Line line = new Line(server)) {
                    long count = 0;
                    for (; System.nanoTime() < until || count == 0; count++) {
                        expect(line.get(target, token, false));
                    }
                    return count;
                }
            };
            for (int n = 0; n < connections; n++) {
                counts.add(threads.submit(pull));
            }
            for (Future<Long> count : counts) {
                requests += count.get();
            }
        }
        return (gauge.cpu() - before) / requests;
    }

    private String token() throws Exception {
        String basic = Base64.getEncoder()
                .encodeToString((vendor.getString("clientId") + ":" + vendor.getString("clientSecret"))
                        .getBytes(StandardCharsets.UTF_8));
        try (Line line = new Line(tokens)) {
            Line.Reply reply = expect(line.post(tokens.getPath(), basic, "grant_type=client_credentials"));
            try (var reader = Json.createReader(new StringReader(new String(reply.body(), StandardCharsets.UTF_8)))) {
                return reader.readObject().getString("access_token");
            }
        }
    }

    private static Line.Reply expect(Line.Reply reply) {
        if (reply.status() != 200) {
            throw new IllegalStateException("the server answered " + reply.status());
        }
        return reply;
    }

    private static void print(List<Variant> variants) {
        System.out.printf(
                "%-26s %8s %10s %14s %14s %9s %11s%n",
                "page", "rows", "bytes", "rows/CPU-s", "constant", "ratio", "last/first");
        double first = 0;
        for (Variant variant : variants) {
            double cost = median(variant.cost);
            double plain = median(variant.plain);
            boolean last = variant.name.endsWith("-last");
            System.out.printf(
                    "%-26s %8d %10d %14.0f %14.0f %9.2f %11s%n",
                    variant.name,
                    variant.rows,
                    variant.bytes,
                    variant.rows / cost,
                    variant.rows / plain,
                    cost / plain,
                    last ? "%.2f".formatted(cost / first) : "");
            first = last ? first : cost;
        }
    }

    private static double median(List<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
