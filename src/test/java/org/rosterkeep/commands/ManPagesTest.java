package org.rosterkeep.commands;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ManPagesTest {
    private static final Set<String> REQUESTS = Set.of(".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".br", ".nf", ".fi");

    @Test
    @DisplayName("every noun of the command line has its page, with each of its verbs and each verb's options")
    void pages() {
        var root = Rosterkeep.commandLine();
        var pages = ManPages.of(root, "1.2.3");
        assertEquals(root.getSubcommands().size() + 1, pages.size());
        var rule = pages.get("rosterkeep-rule.1");
        assertTrue(rule.contains(".SS rosterkeep rule approve\n"), rule);
        assertTrue(rule.contains("\\-\\-password\\-file FILE"), rule);
        assertTrue(pages.get("rosterkeep.1").contains("rosterkeep\\-rule(1)"));
        assertTrue(pages.get("rosterkeep.1").contains("rosterkeep 1.2.3"));
    }

    @Test
    @DisplayName("no word of ours is taken for a request to the formatter")
    void requests() {
        ManPages.of(Rosterkeep.commandLine(), "1")
                .forEach((name, page) -> page.lines()
                        .filter(line -> line.startsWith(".") || line.startsWith("'"))
                        .forEach(line -> assertTrue(REQUESTS.contains(line.split(" ")[0]), name + ": " + line)));
        ManPages.of(Rosterkeep.commandLine(), "1")
                .values()
                .forEach(page -> assertFalse(page.contains("%n") || page.contains("@|"), page));
    }
}
