package org.rosterkeep.vendors;

import io.helidon.security.AuthenticationResponse;
import io.helidon.security.EndpointConfig;
import io.helidon.security.Principal;
import io.helidon.security.ProviderRequest;
import io.helidon.security.Role;
import io.helidon.security.Security;
import io.helidon.security.SecurityContext;
import io.helidon.security.Subject;
import io.helidon.security.spi.AuditProvider;
import io.helidon.security.spi.AuthenticationProvider;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.rosterkeep.access.Dialect;
import org.rosterkeep.access.OAuthScope;
import org.rosterkeep.disclosure.Wire;

/// Who may use which route, decided by helidon-security: the provider below turns a token or a signature into a subject
/// whose roles are OAuth scopes of one version, and a route opens to the roles of the golden list.
///
/// The security context is asked directly instead of through the route handler of helidon-webserver-security: that one
/// answers a refusal with an empty body, and the standard wants a status payload.
final class Guard {
    private static final String CALL = "call";

    private final Security security;
    private final AtomicLong calls = new AtomicLong();

    Guard() {
        this.security = Security.builder()
                .addAuthenticationProvider(new Identification())
                // Authentication is recorded by the door, with the rule it led to; the library's own audit text would
                // repeat the path, and a path can name a person.
                .addAuditProvider((AuditProvider) () -> event -> {})
                .disableTracing()
                .build();
    }

    /// How a call stands at a route's gate.
    sealed interface Standing {
        record Admitted(String client) implements Standing {}

        /// No proof of identity, or one that does not hold.
        record Stranger(boolean tokenGiven) implements Standing {}

        /// Known, and without a right to this route.
        record NotEntitled(String client) implements Standing {}
    }

    Standing admit(Call call, Route route) {
        SecurityContext context = security.contextBuilder(Long.toString(calls.incrementAndGet()))
                .env(security.environmentBuilder()
                        .method(call.method())
                        .path(route.pattern())
                        .addAttribute(CALL, call)
                        .build())
                .endpointConfig(EndpointConfig.builder().build())
                .build();
        AuthenticationResponse response = context.authenticate();
        if (!response.status().isSuccess()) {
            return new Standing.Stranger(call.authorization().isPresent());
        }
        String client = context.userPrincipal().map(Principal::getName).orElseThrow();
        boolean entitled = route.scopes().stream()
                .map(scope -> role(new OAuthScope.Addressed(scope, dialect(call.wire()))))
                .anyMatch(context::isUserInRole);
        return entitled ? new Standing.Admitted(client) : new Standing.NotEntitled(client);
    }

    /// The role that opens a route: the version and the scope, `v1p2/roster.readonly`.
    private static String role(OAuthScope.Addressed scope) {
        return scope.dialect().word() + "/" + scope.scope().word();
    }

    private static Dialect dialect(Wire wire) {
        return switch (wire) {
            case V1P1 -> Dialect.V1P1;
            case V1P2 -> Dialect.V1P2;
        };
    }

    private static final class Identification implements AuthenticationProvider {
        @Override
        public AuthenticationResponse authenticate(ProviderRequest request) {
            return request.env()
                    .abacAttribute(CALL)
                    .map(Call.class::cast)
                    .flatMap(Identification::caller)
                    .map(caller -> AuthenticationResponse.success(subject(caller)))
                    .orElseGet(() -> AuthenticationResponse.failed("not authorised"));
        }

        private static Optional<Caller> caller(Call call) {
            String header = call.authorization().orElse("");
            int space = header.indexOf(' ');
            String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
            return switch (scheme) {
                case "bearer" ->
                    call.credentials().bearer(header.substring(space + 1).strip());
                // Signed requests are 1.1's; 1.2 knows tokens only (OneRoster section 3.1).
                case "oauth" ->
                    call.wire() == Wire.V1P1
                            ? call.credentials()
                                    .signed(new Credentials.Signed(
                                            call.method(),
                                            call.origin() + call.rawPath(),
                                            call.query().byName(),
                                            header))
                            : Optional.empty();
                default -> Optional.empty();
            };
        }

        private static Subject subject(Caller caller) {
            Subject.Builder subject = Subject.builder().principal(Principal.create(caller.client()));
            caller.scopes().forEach(scope -> subject.addGrant(Role.create(role(scope))));
            return subject.build();
        }
    }
}
