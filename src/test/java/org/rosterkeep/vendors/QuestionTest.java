package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.disclosure.Filter;

class QuestionTest {
    private static Question good(String query) {
        return assertInstanceOf(Question.Reading.Good.class, Question.ofCollection(Parameters.parse(query)), query)
                .question();
    }

    private static Complaint bad(String query) {
        return assertInstanceOf(Question.Reading.Bad.class, Question.ofCollection(Parameters.parse(query)), query)
                .complaint();
    }

    @Test
    @DisplayName("an empty query means the first hundred in the default order")
    void defaults() {
        Question question = good("");
        assertEquals(100, question.limit());
        assertEquals(0, question.offset());
        assertEquals(Optional.empty(), question.sort());
        assertEquals(Optional.empty(), question.filter());
        assertEquals(List.of(), question.selection());
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=&offset=&sort=&orderBy=&filter=", "Limit=1&ORDERBY=x", "_=17283&foo=bar", "&&"})
    @DisplayName("empty, misspelt and unknown parameters mean nothing")
    void nothing(String query) {
        assertEquals(good(""), good(query));
    }

    @Test
    @DisplayName("any limit is taken")
    void limits() {
        assertEquals(1, good("limit=1").limit());
        assertEquals(999_999_999_999_999L, good("limit=999999999999999").limit());
    }

    @ParameterizedTest
    @CsvSource({
        "limit=0, BAD_LIMIT",
        "limit=-1, BAD_LIMIT",
        "limit=ten, BAD_LIMIT",
        "limit=1.5, BAD_LIMIT",
        "limit=%2B1, BAD_LIMIT",
        "limit=9999999999999999, BAD_LIMIT",
        "limit=٣, BAD_LIMIT",
        "offset=-1, BAD_OFFSET",
        "offset=x, BAD_OFFSET",
        "orderBy=descending, BAD_ORDER",
        "orderBy=ASC, BAD_ORDER",
        "filter=familyName, BAD_FILTER",
        "limit=1&limit=2, REPEATED",
        "filter=a%3D1&filter=a%3D1, REPEATED",
        "fields=, BLANK_SELECTION",
        "'fields=,,', BLANK_SELECTION",
        "access_token=abc, TOKEN_IN_URL"
    })
    @DisplayName("complains about the form")
    void complains(String query, Complaint complaint) {
        assertEquals(complaint, bad(query));
    }

    @Test
    @DisplayName("fields are comma-separated, repeated, or both")
    void fields() {
        assertEquals(List.of("a", "b", "c"), good("fields=a,b&fields=+c,a").selection());
        assertEquals(List.of("a", "b"), good("fields=a%2Cb").selection());
    }

    @Test
    @DisplayName("a filter's spaces come as + and as %20, its signs encoded or not")
    void filters() {
        Filter expected = new Filter.And(
                List.of(new Filter.Clause("a", Filter.Op.GE, "x y"), new Filter.Clause("b", Filter.Op.EQ, "1")));
        assertEquals(
                Optional.of(expected),
                good("filter=a%3E%3D%27x+y%27+AND+b%3D%271%27").filter());
        assertEquals(
                Optional.of(expected), good("filter=a>='x%20y'%20AND%20b='1'").filter());
    }

    @Test
    @DisplayName("a single read looks at fields only")
    void single() {
        var reading = Question.ofOne(Parameters.parse("limit=0&filter=x&sort=y&fields=a"));
        Question question =
                assertInstanceOf(Question.Reading.Good.class, reading).question();
        assertEquals(new Question(1, 0, Optional.empty(), false, Optional.empty(), List.of("a")), question);
    }
}
