package org.rosterkeep.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaFieldAccess;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.PrintStream;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.rosterkeep.log.Event;
import org.rosterkeep.log.Log;

/// Nobody in the house can log a free text: there is one way into the log, and it has no place for one.
class QuietTest {
    private static final String LOG = "org.rosterkeep.log";
    /// Who makes the log of a process.
    private static final Set<String> MAKERS = Set.of("ServeCommand", "CourierCommand", "RestoreCommand");

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    @Test
    @DisplayName("no class has a logger of another kind")
    void otherLoggers() {
        noClasses()
                .that(resideOutsideOfPackage(LOG))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.apache.commons.logging..")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.System$Logger")
                .check(house);
    }

    @Test
    @DisplayName("no class prints to a stream of the process but those that make its log of it")
    void streams() {
        noClasses()
                .that(DescribedPredicate.describe(
                        "make no log",
                        type -> !type.getPackageName().equals(LOG) && !MAKERS.contains(type.getSimpleName())))
                .should()
                .accessFieldWhere(DescribedPredicate.<JavaFieldAccess>describe(
                        "is System.out or System.err",
                        access -> access.getTargetOwner().isEquivalentTo(System.class)
                                && access.getTarget().getRawType().isEquivalentTo(PrintStream.class)))
                .orShould()
                .callMethod(Throwable.class, "printStackTrace")
                .check(house);
    }

    @Test
    @DisplayName("the log takes events and facts, and no text")
    void noText() {
        var free = Arrays.stream(Log.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .filter(method -> Arrays.stream(method.getParameterTypes())
                        .anyMatch(type -> type == String.class || type == CharSequence.class || type == Object.class))
                .toList();
        assertEquals(List.of(), free);
        var says = Arrays.stream(Log.class.getDeclaredMethods())
                .filter(method -> method.getName().equals("say"))
                .filter(method -> method.getParameterTypes()[0] != Event.class)
                .toList();
        assertEquals(List.of(), says);
    }
}
