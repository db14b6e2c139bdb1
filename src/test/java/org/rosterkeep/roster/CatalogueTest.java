package org.rosterkeep.roster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The catalogue of data elements")
class CatalogueTest {
    private final Catalogue catalogue = Catalogue.shipped();

    private Catalogue overridden(String elements) {
        return catalogue.overriddenBy(new ByteArrayInputStream(("{\"elements\":[" + elements + "]}").getBytes(UTF_8)));
    }

    @ParameterizedTest
    @EnumSource(Field.class)
    @DisplayName("knows the element of every field of the dictionary")
    void everyField(Field field) {
        assertTrue(catalogue.find(field.element()).isPresent(), field.element());
    }

    @Test
    @DisplayName("knows the guardians' elements that take a field's place")
    void guardians() {
        for (String element : Set.of("guardian.name", "guardian.email", "guardian.phone", "guardian.link")) {
            assertFalse(catalogue.find(element).orElseThrow().kept());
        }
    }

    @Test
    @DisplayName("keeps by default nothing special, and no credential whatever is asked")
    void defaults() {
        Set<String> kept = catalogue.kept(Set.of("id.password", "id.ssn", "no.such", "id.state.ldap", "name.middle"));
        assertTrue(kept.containsAll(Set.of("name.given", "name.middle", "id.state.ldap")));
        assertFalse(kept.contains("id.password"));
        assertFalse(kept.contains("id.ssn"));
        assertFalse(kept.contains("no.such"));
        assertFalse(kept.contains("name.pronouns"));
        assertFalse(catalogue.kept(Set.of("id.state")).contains("id.state.ldap"));
    }

    @Test
    @DisplayName("is narrowed by a customer's file, which may also keep more of what may be kept")
    void narrowed() {
        Catalogue ours = overridden("{\"id\":\"contact.email\",\"default_kept\":false,\"forward\":\"never\"},"
                + "{\"id\":\"name.middle\",\"default_kept\":true}");
        Catalogue.Element email = ours.find("contact.email").orElseThrow();
        assertFalse(email.kept());
        assertEquals(Catalogue.Forward.NEVER, email.forward());
        assertTrue(ours.find("name.middle").orElseThrow().kept());
        assertEquals(
                catalogue.find("name.given").orElseThrow(),
                ours.find("name.given").orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"id\":\"id.password\",\"default_kept\":true}",
                "{\"id\":\"id.password\",\"forward\":\"rule\"}",
                "{\"id\":\"name.pronouns\",\"sensitive\":\"no\"}",
                "{\"id\":\"name.preferred\",\"directory_information\":\"eligible\"}",
                "{\"id\":\"invented.element\",\"default_kept\":true}"
            })
    @DisplayName("is not widened by it, and says which element it was")
    void notWidened(String change) {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> overridden(change));
        assertTrue(refused.getMessage().contains(change.substring(7, change.indexOf('"', 7))));
    }
}
