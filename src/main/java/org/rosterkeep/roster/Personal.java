package org.rosterkeep.roster;

import com.google.errorprone.annotations.RestrictedApi;
import java.util.Objects;

/// A value about a person. It can be stored, compared and carried, but it cannot be seen: its text is a constant, so a
/// log line, an exception or a record that prints it tells nothing.
///
/// What breaks the promise is [#reveal()], which is why only the packages that turn values into bytes may call it.
public final class Personal<T> {
    private final T value;

    private Personal(T value) {
        this.value = Objects.requireNonNull(value);
    }

    public static <T> Personal<T> of(T value) {
        return new Personal<>(value);
    }

    /// The value itself.
    @RestrictedApi(
            explanation = "A personal value becomes bytes in the vault and behind the door, nowhere else",
            allowedOnPath = ".*/org/rosterkeep/(roster|vault|disclosure|intake|rights)/.*")
    public T reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Personal<?> that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    /// Always the same word, whatever is inside.
    @Override
    public String toString() {
        return "(personal)";
    }
}
