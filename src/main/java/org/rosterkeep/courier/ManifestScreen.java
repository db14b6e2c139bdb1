package org.rosterkeep.courier;

/// `manifest.csv`: which files there are, and nothing else.
final class ManifestScreen implements Screen, CsvScanner.Ear {
    private final CsvScanner scanner = new CsvScanner(this);
    private int rows;
    private String name = "";

    @Override
    public void take(byte[] bytes, int from, int length) {
        scanner.take(bytes, from, length);
    }

    @Override
    public void end() {
        scanner.end();
    }

    @Override
    public void cell(int column, String text, boolean whole) {
        boolean fits = whole
                && switch (column) {
                    case 0 ->
                        rows == 0
                                ? text.equals("propertyName")
                                : text.matches(
                                        "manifest\\.version|oneroster\\.version|source\\.system(?:Name|Code)|file\\.[A-Za-z]{1,40}");
                    case 1 -> rows == 0 ? text.equals("value") : value(text);
                    default -> false;
                };
        if (!fits) {
            throw Screen.form("The manifest says something that is not its business.");
        }
        name = text;
    }

    private boolean value(String text) {
        return name.startsWith("file.")
                ? text.equals("absent") || text.equals("bulk") || text.equals("delta")
                : name.startsWith("source.") ? text.matches("[Rr]osterkeep") : text.matches("[0-9]\\.[0-9]");
    }

    @Override
    public void row(int columns) {
        rows++;
        if (columns != 2 || rows > 64) {
            throw Screen.form("The manifest is not two columns wide, or too long.");
        }
    }
}
