package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.disclosure.Filter;
import org.rosterkeep.disclosure.Filter.And;
import org.rosterkeep.disclosure.Filter.Clause;
import org.rosterkeep.disclosure.Filter.Op;
import org.rosterkeep.disclosure.Filter.Or;

class FilterTextTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        familyName='Doe'                               | familyName       | EQ       | Doe
        familyName = 'Doe'                             | familyName       | EQ       | Doe
        familyName!='Doe'                              | familyName       | NE       | Doe
        dateLastModified>='2026-10-01T00:00:00.000Z'   | dateLastModified | GE       | 2026-10-01T00:00:00.000Z
        dateLastModified>'2026-10-01'                  | dateLastModified | GT       | 2026-10-01
        schoolYear<2027                                | schoolYear       | LT       | 2027
        weight<=-0.5                                   | weight           | LE       | -0.5
        title~'math'                                   | title            | CONTAINS | math
        school.sourcedId='a/b@c'                       | school.sourcedId | EQ       | a/b@c
        metadata.jp.homeClass='x'                      | metadata.jp.homeClass | EQ  | x
        enabledUser=true                               | enabledUser      | EQ       | true
        beginDate=2026-10-01                           | beginDate        | EQ       | 2026-10-01
        familyName='O''Neill'                          | familyName       | EQ       | O'Neill
        familyName='O\\'Neill'                         | familyName       | EQ       | O'Neill
        givenName='AND OR = ~'                         | givenName        | EQ       | AND OR = ~
        dateLastModified>'2026-10-01T00:00:00 02:00'   | dateLastModified | GT       | 2026-10-01T00:00:00+02:00
        title='Größe'                                  | title            | EQ       | Größe
        """)
    @DisplayName("reads one clause")
    void clause(String text, String field, Op op, String value) {
        assertEquals(Optional.of(new Clause(field, op, value)), FilterText.parse(text));
    }

    @Test
    @DisplayName("an empty value is a value")
    void emptyValue() {
        assertEquals(Optional.of(new Clause("email", Op.EQ, "")), FilterText.parse("email=''"));
        assertEquals(
                Optional.of(new And(List.of(new Clause("email", Op.EQ, ""), new Clause("sms", Op.NE, "'")))),
                FilterText.parse("email='' AND sms!=''''"));
    }

    @Test
    @DisplayName("AND binds before OR")
    void precedence() {
        Clause a = new Clause("a", Op.EQ, "1");
        Clause b = new Clause("b", Op.EQ, "2");
        Clause c = new Clause("c", Op.EQ, "3");
        assertEquals(
                Optional.of(new Or(List.of(a, new And(List.of(b, c))))), FilterText.parse("a='1' OR b='2' AND c='3'"));
        assertEquals(
                Optional.of(new Or(List.of(new And(List.of(a, b)), c))),
                FilterText.parse("a='1' AND  b='2'  OR c='3'"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "familyName",
                "familyName=",
                "familyName='Doe",
                "familyName=Doe",
                "familyName='Doe' and status='active'",
                "familyName='Doe'AND status='active'",
                "familyName='Doe' AND",
                "familyName='Doe' AND ",
                "AND familyName='Doe'",
                "familyName='Doe' XOR status='active'",
                "(familyName='Doe')",
                "NOT familyName='Doe'",
                "familyName=='Doe'",
                "familyName<>'Doe'",
                "family Name='Doe'",
                ".a='1'",
                "a..b='1'",
                "a.='1'",
                "='1'",
                "a!'1'",
                "a=\"1\"",
                "a='1' b='2'",
                "a=1;drop"
            })
    @DisplayName("refuses what is not a filter")
    void malformed(String text) {
        assertEquals(Optional.empty(), FilterText.parse(text));
    }

    @Test
    @DisplayName("takes eight clauses and 1024 bytes, and not one more")
    void bounds() {
        assertTrue(FilterText.parse(clauses(FilterText.CLAUSES_MAX)).isPresent());
        assertTrue(FilterText.parse(clauses(FilterText.CLAUSES_MAX + 1)).isEmpty());
        assertTrue(FilterText.parse(sized(FilterText.BYTES_MAX)).isPresent());
        assertTrue(FilterText.parse(sized(FilterText.BYTES_MAX + 1)).isEmpty());
        assertTrue(FilterText.parse("a='" + "é".repeat(511) + "'").isEmpty(), "bytes are counted, not characters");
    }

    private static String clauses(int count) {
        return IntStream.range(0, count).mapToObj(i -> "f" + i + "='v'").collect(Collectors.joining(" AND "));
    }

    private static String sized(int bytes) {
        return "a='" + "x".repeat(bytes - 4) + "'";
    }

    @Test
    @DisplayName("what is printed is read back, whatever the values hold")
    void roundTrip() {
        long seed = 20261101L;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            Filter filter = filter(random);
            String text = print(filter);
            int turn = i;
            if (text.length() <= 300) {
                assertEquals(
                        Optional.of(filter),
                        FilterText.parse(text),
                        () -> "seed " + seed + " turn " + turn + ": " + text);
            }
        }
    }

    @Test
    @DisplayName("noise is refused or read, and never an error")
    void noise() {
        long seed = 20261102L;
        Random random = new Random(seed);
        String alphabet = "ab.='!<>~ \\\"()ANDOR12-:TZé\u0000\n%+";
        for (int i = 0; i < 50_000; i++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "a='1' " : "");
            for (int n = random.nextInt(24); n > 0; n--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            FilterText.parse(text.toString()).ifPresent(filter -> {
                assertTrue(count(filter) <= FilterText.CLAUSES_MAX, () -> "seed " + seed + ": " + text);
                assertEquals(Optional.of(filter), FilterText.parse(print(filter)), () -> "seed " + seed + ": " + text);
            });
        }
    }

    private static Filter filter(Random random) {
        List<Filter> alternatives = new ArrayList<>();
        for (int n = 1 + random.nextInt(2); n > 0; n--) {
            List<Filter> parts = new ArrayList<>();
            for (int m = 1 + random.nextInt(3); m > 0; m--) {
                parts.add(new Clause(
                        List.of("a", "b.c", "metadata.x-y", "roles.org.sourcedId")
                                .get(random.nextInt(4)),
                        Op.values()[random.nextInt(Op.values().length)],
                        value(random)));
            }
            alternatives.add(parts.size() == 1 ? parts.getFirst() : new And(parts));
        }
        return alternatives.size() == 1 ? alternatives.getFirst() : new Or(alternatives);
    }

    private static String value(Random random) {
        String alphabet = "abc ' =~AND OR<>é日.";
        StringBuilder value = new StringBuilder();
        for (int n = random.nextInt(8); n > 0; n--) {
            value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return value.toString();
    }

    private static int count(Filter filter) {
        return switch (filter) {
            case Clause _ -> 1;
            case And and -> and.parts().stream().mapToInt(FilterTextTest::count).sum();
            case Or or -> or.parts().stream().mapToInt(FilterTextTest::count).sum();
        };
    }

    private static String print(Filter filter) {
        return switch (filter) {
            case Clause clause ->
                clause.field() + sign(clause.op()) + "'" + clause.value().replace("'", "''") + "'";
            case And and -> and.parts().stream().map(FilterTextTest::print).collect(Collectors.joining(" AND "));
            case Or or -> or.parts().stream().map(FilterTextTest::print).collect(Collectors.joining(" OR "));
        };
    }

    private static String sign(Op op) {
        return switch (op) {
            case EQ -> "=";
            case NE -> "!=";
            case GT -> ">";
            case GE -> ">=";
            case LT -> "<";
            case LE -> "<=";
            case CONTAINS -> "~";
        };
    }
}
