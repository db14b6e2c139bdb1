package org.rosterkeep.rules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// How long a rule may run (privacy.md section 2.2).
@DisplayName("The span of a rule")
class SpanTest {
    private static final Duration LONGEST = Duration.ofDays(Book.CHARTER.ruleDaysMax());

    private final Book book = new Book();

    private List<String> wrong(Instant until) {
        return RuleCheck.problems(book.snapshot().bench(), book.proposal(1, Book.FROM, until), Book.NOW).stream()
                .map(Problem::pointer)
                .toList();
    }

    private void agreedUntil(Instant end) {
        var old = book.agreement;
        book.agreement = new Agreement(
                old.id(),
                old.vendor(),
                old.type(),
                Book.FROM,
                Book.FROM,
                end,
                old.clauses(),
                old.schedule(),
                "reading.pdf",
                "00".repeat(32),
                1,
                1);
    }

    @Test
    @DisplayName("is the shipped longest at most, to the second, however long the agreement runs")
    void longest() {
        agreedUntil(Book.FROM.plus(LONGEST).plus(LONGEST));
        assertEquals(List.of(), wrong(Book.FROM.plus(LONGEST)));
        assertEquals(List.of("/until"), wrong(Book.FROM.plus(LONGEST).plusSeconds(1)));
    }

    @Test
    @DisplayName("ends when the agreement does, at the latest")
    void agreement() {
        assertEquals(List.of(), wrong(Book.UNTIL));
        assertEquals(List.of("/until"), wrong(Book.UNTIL.plusSeconds(1)));
    }

    @Test
    @DisplayName("has an end that is after its beginning, and not past")
    void ends() {
        assertEquals(List.of("/until"), wrong(Book.FROM));
        assertEquals(List.of("/until"), wrong(Book.NOW));
    }
}
