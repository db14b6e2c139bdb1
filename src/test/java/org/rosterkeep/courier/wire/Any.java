package org.rosterkeep.courier.wire;

import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/// Whatever may be said, from a seed.
final class Any {
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final String SIGNS = LETTERS + " \"\\/{}[]:,\u00e4\u4e2d\u00ff'";

    private final Random random;

    Any(long seed) {
        random = new Random(seed);
    }

    Order order() {
        return new Order(
                word(16 + random.nextInt(40)),
                one(Way.values()),
                target(),
                maybe(target()),
                random.nextBoolean() ? Map.of(Order.SIGNATURE, "a..b", "accept", "x/y; q=\"1\"") : Map.of(),
                secret(),
                papers(),
                fields(),
                random.nextInt(1 << 30),
                1 + random.nextInt(600));
    }

    Target target() {
        return new Target(
                "a" + word(8) + ".example",
                1 + random.nextInt(65_535),
                "/" + word(5) + "?a=%20&b=" + word(2),
                "DE",
                random.nextBoolean(),
                maybe(word(44)),
                maybe(text(10)),
                maybe(word(43)));
    }

    Secret secret() {
        Map<Secret.Part, String> parts = new EnumMap<>(Secret.Part.class);
        for (var part : Secret.Part.values()) {
            if (random.nextBoolean()) {
                parts.put(part, text(50) + "\n");
            }
        }
        return new Secret(parts);
    }

    Papers papers() {
        return new Papers(
                word(6),
                "{\"id\":\"" + word(5) + "\"}" + text(200),
                IntStream.range(0, random.nextInt(4)).mapToObj(i -> signature()).toList(),
                random.nextBoolean() ? Map.of("agreement", text(50)) : Map.of());
    }

    Signature signature() {
        return new Signature(
                word(5),
                "approve",
                Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000)),
                random.nextBoolean() ? Set.of("approver", "privacy-officer") : Set.of(),
                word(88));
    }

    Map<String, Set<String>> fields() {
        Map<String, Set<String>> fields = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            Set<String> names = new HashSet<>();
            for (int j = random.nextInt(5); j > 0; j--) {
                names.add(word(6));
            }
            fields.put(word(4), names);
        }
        return fields;
    }

    Result result() {
        return new Result(
                word(20),
                one(Result.Outcome.values()),
                maybe(100 + random.nextInt(500)),
                maybe(random.nextInt(86_400)),
                one(Code.values()),
                maybe(word(44)));
    }

    Hello hello() {
        return new Hello(word(5), one(Hello.Confined.values()), random.nextBoolean() ? List.of(word(3)) : List.of());
    }

    End end() {
        return new End("%064x".formatted(new java.math.BigInteger(255, random)), random.nextLong() >>> 4 >>> 1);
    }

    Refusal refusal() {
        return new Refusal(one(Code.values()), text(80));
    }

    String word(int length) {
        return from(LETTERS, length);
    }

    String text(int length) {
        return "t" + from(SIGNS, random.nextInt(length));
    }

    private String from(String signs, int length) {
        return random.ints(length, 0, signs.length())
                .collect(StringBuilder::new, (text, i) -> text.append(signs.charAt(i)), StringBuilder::append)
                .toString();
    }

    private <T> T one(T[] of) {
        return of[random.nextInt(of.length)];
    }

    private <T> Optional<T> maybe(T value) {
        return random.nextBoolean() ? Optional.of(value) : Optional.empty();
    }
}
