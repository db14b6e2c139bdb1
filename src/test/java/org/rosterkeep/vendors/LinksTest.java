package org.rosterkeep.vendors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static String header(String query, long limit, long offset, long total) {
        return new Links("https://h/users", Parameters.parse(query), limit).header(offset, total);
    }

    @Test
    @DisplayName("a page in the middle has all four")
    void middle() {
        assertEquals(
                "<https://h/users?limit=10&offset=30>; rel=\"next\", "
                        + "<https://h/users?limit=10&offset=10>; rel=\"prev\", "
                        + "<https://h/users?limit=10&offset=0>; rel=\"first\", "
                        + "<https://h/users?limit=10&offset=90>; rel=\"last\"",
                header("limit=10&offset=20", 10, 20, 95));
    }

    @Test
    @DisplayName("the first page has no prev, the last no next")
    void ends() {
        assertFalse(header("", 10, 0, 95).contains("prev"));
        assertFalse(header("", 10, 90, 95).contains("next"));
        assertFalse(header("", 10, 85, 95).contains("next"));
        assertFalse(header("", 10, 0, 10).contains("next"));
    }

    @Test
    @DisplayName("an empty collection has first and last, both at 0")
    void empty() {
        assertEquals(
                "<https://h/users?limit=10&offset=0>; rel=\"first\", <https://h/users?limit=10&offset=0>; rel=\"last\"",
                header("", 10, 0, 0));
    }

    @Test
    @DisplayName("behind the end, prev leads back to the last page")
    void behind() {
        assertEquals(true, header("", 10, 500, 95).contains("offset=90>; rel=\"prev\""));
    }

    @Test
    @DisplayName("repeats the other parameters as sent, in their order")
    void others() {
        assertEquals(
                true,
                header("limit=2&filter=a%3D%27x%27&foo=1&offset=0&fields=a,b", 2, 0, 3)
                        .startsWith("<https://h/users?filter=a%3D%27x%27&foo=1&fields=a,b&limit=2&offset=2>"));
    }

    @Test
    @DisplayName("nothing that is sent can end the link or the header")
    void injection() {
        String header = header("x=\"<>\r\nSet-Cookie: a\u00e9", 10, 0, 0);
        assertEquals(
                "<https://h/users?x=%22%3C%3E%0D%0ASet-Cookie:%20a%C3%A9&limit=10&offset=0>; rel=\"first\"",
                header.substring(0, header.indexOf(", ")));
    }

    @Test
    @DisplayName("an offset near the end of the numbers does not overflow")
    void huge() {
        assertFalse(header("", 999_999_999_999_999L, 999_999_999_999_999L, 5).contains("next"));
    }
}
