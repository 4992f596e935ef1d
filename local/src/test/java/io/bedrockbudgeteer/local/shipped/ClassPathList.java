package io.bedrockbudgeteer.local.shipped;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// What may be on the class path of the functions, as the list that is kept by hand says.
final class ClassPathList {
    static final String FILE = "local/src/test/resources/class-path.csv";
    private static final String HEAD = "where,what,at most,why";
    private static final int COLUMNS = 4;

    private final SortedMap<Thing, Row> rows = new TreeMap<>();

    /// @param where zip, or the jar whose libraries are listed
    /// @param what jar in that zip, or library in that jar
    record Thing(String where, String what) implements Comparable<Thing> {
        @Override
        public int compareTo(Thing other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return where + "," + what;
        }
    }

    private record Row(long atMost, String why) {}

    /// @throws IllegalArgumentException for a line that says no size or no reason
    static ClassPathList read(String text) {
        ClassPathList list = new ClassPathList();
        for (String line : text.lines().toList()) {
            if (line.startsWith("#") || line.equals(HEAD)) continue;
            String[] cells = line.split(",", COLUMNS);
            if (cells.length < COLUMNS || !cells[2].matches("\\d+") || cells[3].isBlank())
                throw wrong(line, "is not '" + HEAD + "'; give a size in bytes and a reason");
            Thing thing = new Thing(cells[0], cells[1]);
            if (list.rows.put(thing, new Row(Long.parseLong(cells[2]), cells[3])) != null)
                throw wrong(line, "says again what a line before says; take one of them out");
        }
        return list;
    }

    private static IllegalArgumentException wrong(String line, String why) {
        return new IllegalArgumentException(FILE + ": the line '" + line + "' " + why);
    }

    int size() {
        return rows.size();
    }

    /// What is found and not agreed, and the other way round; each with what to do.
    ///
    /// @param found with its bytes before compression
    List<String> complaints(Map<Thing, Long> found) {
        List<String> complaints = new ArrayList<>();
        new TreeMap<>(found).forEach((thing, bytes) -> check(thing, bytes, complaints));
        Map<Thing, Row> gone = new HashMap<>(rows);
        gone.keySet().removeAll(found.keySet());
        new TreeMap<>(gone)
                .forEach((thing, row) ->
                        complaints.add(
                                thing.where()
                                        + " has no "
                                        + thing.what()
                                        + " any more: take the line '"
                                        + line(thing, row.atMost(), row.why())
                                        + "' out of "
                                        + FILE));
        return complaints;
    }

    private void check(Thing thing, long bytes, List<String> complaints) {
        Row row = rows.get(thing);
        if (row == null)
            complaints.add(
                    thing.where()
                            + " has "
                            + thing.what()
                            + ", "
                            + counted(bytes)
                            + " bytes, which nobody agreed to: leave it out, or add the line '"
                            + line(thing, bytes, "REASON")
                            + "' to "
                            + FILE);
        else if (bytes > row.atMost())
            complaints.add(
                    thing.what()
                            + " in "
                            + thing.where()
                            + " has "
                            + counted(bytes)
                            + " bytes, and at most "
                            + counted(row.atMost())
                            + " are agreed: make it smaller, or write "
                            + bytes
                            + " into the line '"
                            + line(thing, row.atMost(), row.why())
                            + "' of "
                            + FILE);
    }

    private static String line(Thing thing, long bytes, String why) {
        return thing + "," + bytes + "," + why;
    }

    private static String counted(long bytes) {
        return String.format(Locale.ROOT, "%,d", bytes);
    }
}
