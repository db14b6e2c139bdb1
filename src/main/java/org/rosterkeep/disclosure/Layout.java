package org.rosterkeep.disclosure;

/// How records stand beside each other: in an array of JSON, or as rows of a file.
interface Layout {
    /// Writes a record; false, and nothing written, when it lacks what no record may lack.
    boolean record(Out out, Form form, Line line);

    /// Writes a record that left the view, as far as the layout has such.
    void gone(Out out, Form form, Line line);

    /// The elements of an array.
    final class Elements implements Layout {
        private boolean any;

        @Override
        public boolean record(Out out, Form form, Line line) {
            int mark = out.mark();
            between(out);
            if (form.write(out, line)) {
                any = true;
                return true;
            }
            out.backTo(mark);
            return false;
        }

        @Override
        public void gone(Out out, Form form, Line line) {
            between(out);
            form.writeTombstone(out, line);
            any = true;
        }

        private void between(Out out) {
            if (any) {
                out.put(',');
            }
        }
    }
}
