package org.rosterkeep.appliance;

import java.util.Objects;

/// Something a person has to know and can act on: what happened, why, and what to do about it. The three sentences are
/// written here and never hold a personal value; they are the only text of a failure that is ever shown.
public final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Exit exit;
    private final String what;
    private final String why;
    private final String todo;

    public Trouble(Exit exit, String what, String why, String todo) {
        super(what);
        this.exit = exit;
        this.what = Objects.requireNonNull(what);
        this.why = Objects.requireNonNull(why);
        this.todo = Objects.requireNonNull(todo);
    }

    public static Trouble wrongUse(String what, String why, String todo) {
        return new Trouble(Exit.WRONG_USE, what, why, todo);
    }

    public static Trouble notFound(String what, String todo) {
        return new Trouble(Exit.NOT_FOUND, what, "There is nothing of that name here.", todo);
    }

    public Trouble because(Throwable cause) {
        initCause(cause);
        return this;
    }

    public Exit exit() {
        return exit;
    }

    public String what() {
        return what;
    }

    public String why() {
        return why;
    }

    public String todo() {
        return todo;
    }
}
