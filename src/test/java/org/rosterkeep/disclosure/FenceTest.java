package org.rosterkeep.disclosure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.rosterkeep.fixture.Rules;
import org.rosterkeep.fixture.Town;
import org.rosterkeep.roster.Entity;
import org.rosterkeep.roster.Field;
import org.rosterkeep.roster.Personal;
import org.rosterkeep.roster.Row;
import org.rosterkeep.roster.RowWriter;
import org.rosterkeep.rules.Decision;
import org.rosterkeep.rules.Rule;

/// Somebody tries to climb each fence of the door.
@DisplayName("Breaking in")
class FenceTest {
    private static final Rule RULE =
            Rules.whole("district").without(Field.USER_EMAIL).rule();
    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter().importPath(Path.of("target/classes"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Object x = new Permit(null, null, 0, 0, null);",
                "Object x = Permit.glance(null, 0, 0, null);",
                "Object x = new Receipt(null);",
                "Object x = new Cleared(null, null, null, 0, null, false, null, null, null);",
                "Object x = new Disclosure() {};",
                "class Mine implements Disclosure {}",
                "Account a = null; Object x = a.receipt(null);"
            })
    @DisplayName("from outside the package does not compile")
    void outside(String attempt) {
        assertFalse(compiles(attempt), attempt);
    }

    @Test
    @DisplayName("is tried with a compiler that does compile what is allowed")
    void compiler() {
        assertTrue(compiles("Gate gate = null; Inquiry inquiry = null; Object x = gate.ask(inquiry);"));
    }

    @Test
    @DisplayName("with a proxy is refused: a disclosure is sealed")
    void proxy() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Proxy.newProxyInstance(
                        Disclosure.class.getClassLoader(), new Class<?>[] {Disclosure.class}, (_, _, _) -> null));
    }

    @Test
    @DisplayName("by subclassing a token is refused")
    void tokens() {
        for (Class<?> token : List.of(Permit.class, Receipt.class, Cleared.class)) {
            assertTrue(Modifier.isFinal(token.getModifiers()), token.getName());
            for (Constructor<?> constructor : token.getDeclaredConstructors()) {
                assertFalse(Modifier.isPublic(constructor.getModifiers()), token.getName());
            }
        }
    }

    @Test
    @DisplayName("a permit cannot name a field the allowance lacks")
    void permit() {
        Decision.Allow allow = new Decision.Allow(RULE, RULE.grantsOf(Entity.USER));
        Permit lawful = new Permit(allow, Entity.USER, 1, Field.USER_GIVEN_NAME.mask(), new int[] {1});
        assertEquals(1, lawful.size());
        DisclosureFault fault = assertThrows(
                DisclosureFault.class, () -> new Permit(allow, Entity.USER, 1, Field.USER_EMAIL.mask(), new int[] {1}));
        assertEquals(DisclosureFault.Code.FIELD_BEYOND_PERMIT, fault.code());
    }

    @Test
    @DisplayName("what was read by a glance cannot be cleared")
    void glance() {
        Permit glance = Permit.glance(Entity.USER, 1, 0, new int[0]);
        assertThrows(
                DisclosureFault.class,
                () -> new Cleared(
                        glance, new Receipt(new Account.Numbers(1, 1)), null, 0, "", false, null, null, null));
    }

    @Test
    @DisplayName("a store that gives more than the permit is not believed")
    void store() {
        House house = new House(Town.make(), RULE);
        Records generous = (permit, visitor) -> {
            for (int n = 0; n < permit.size(); n++) {
                byte[] bytes = new RowWriter()
                        .clear()
                        .text(Field.USER_EMAIL, "leak@x.example")
                        .toBytes();
                visitor.row(n, permit.ordinal(n), new Row().over(bytes, 0, bytes.length));
            }
        };
        assertEquals(DisclosureFault.Code.FIELD_BEYOND_PERMIT, fault(house, generous));
        Records swapped = (permit, visitor) -> visitor.row(0, permit.ordinal(0) + 1, null);
        assertEquals(DisclosureFault.Code.RECORD_BEYOND_PERMIT, fault(house, swapped));
    }

    private static DisclosureFault.Code fault(House house, Records records) {
        Cleared honest = (Cleared) house.ask(Collection.USERS).disclosure();
        Cleared fooled = new Cleared(
                honest.permit(),
                honest.receipt(),
                honest.page(),
                honest.total(),
                honest.etag(),
                false,
                () -> new Watch.Now(honest.page().edition(), honest.page().form(), records),
                honest.pool(),
                honest.written());
        return assertThrows(DisclosureFault.class, () -> fooled.writeTo(OutputStream.nullOutputStream()))
                .code();
    }

    @Test
    @DisplayName("a disclosure writes itself once")
    void once() throws IOException {
        Disclosure disclosure =
                new House(Town.make(), RULE).ask(Collection.USERS).disclosure();
        disclosure.writeTo(OutputStream.nullOutputStream());
        assertThrows(DisclosureFault.class, () -> disclosure.writeTo(OutputStream.nullOutputStream()));
    }

    @Test
    @DisplayName("from inside is seen on the bytecode: who makes tokens, who looks, who reveals")
    void makers() {
        assertEquals(Set.of("disclosure.Gate", "disclosure.Permit"), callers(Permit.class, "<init>"));
        assertEquals(
                Set.of("disclosure.Mirror", "disclosure.PassThroughNames", "disclosure.Sieve"),
                callers(Permit.class, "glance"));
        assertEquals(Set.of("disclosure.Account"), callers(Receipt.class, "<init>"));
        assertEquals(Set.of("disclosure.Gate"), callers(Cleared.class, "<init>"));
        assertEquals(
                // The mirror for references alone: they are ordinals.
                Set.of("disclosure.Line", "disclosure.Mirror", "disclosure.PassThroughNames"),
                callers(Row.class, "reveal").stream().filter(FenceTest::inDoor).collect(Collectors.toSet()));
        assertTrue(callers(Personal.class, "reveal").stream().noneMatch(FenceTest::inDoor));
    }

    private static boolean inDoor(String caller) {
        return caller.startsWith("disclosure.");
    }

    /// The outermost classes that call or refer to a method.
    private static Set<String> callers(Class<?> owner, String method) {
        return house.get(owner).getCodeUnits().stream()
                .filter(unit -> unit.getName().equals(method))
                .flatMap(FenceTest::uses)
                .map(type -> type.getName().replaceAll("\\$.*", "").replace("org.rosterkeep.", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<JavaClass> uses(JavaCodeUnit unit) {
        return unit.getAccessesToSelf().stream().map(access -> access.getOriginOwner());
    }

    private static boolean compiles(String statement) {
        String text = "package elsewhere; import org.rosterkeep.disclosure.*; class Attempt { void go() { " + statement
                + " } }";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        JavaFileObject source =
                new SimpleJavaFileObject(URI.create("string:///elsewhere/Attempt.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignore) {
                        return text;
                    }
                };
        List<String> options =
                List.of("-cp", System.getProperty("java.class.path"), "-proc:none", "-d", "target/test-classes");
        return compiler.getTask(new StringWriter(), null, null, options, null, List.of(source))
                .call();
    }
}
