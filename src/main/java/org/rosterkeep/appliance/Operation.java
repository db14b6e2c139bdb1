package org.rosterkeep.appliance;

/// One verb, as the running appliance does it. The command line is one caller; a console would be another.
@FunctionalInterface
interface Operation {
    /// @throws Trouble when it could not be done and a person should know why
    Answer run(Call call, Meanwhile meanwhile);

    /// What the caller is told while it waits.
    interface Meanwhile {
        /// A line for a person.
        void progress(String line);

        /// Bytes of a file the caller asked for, in order.
        void data(byte[] bytes, int length);
    }
}
