package org.anodyne.session.engine.protocol;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the sources of the templates state ({@code docs/protocols/sources.tsv}), and whether somebody has read it there: what is called
 * verified has to stand in one that was read, with its unit. In the ledger {@code 9-12 Hz} is a band, of which the two ends count, and
 * {@code 20 to 30 min} a range, of which all counts.
 */
final class TemplateLedger {
    private static final Pattern STATED = Pattern.compile(
            "([0-9]+(?:\\.[0-9]+)?)(?:(-| to )([0-9]+(?:\\.[0-9]+)?))? ?(?:daily )?([A-Za-z%][A-Za-z%^0-9]*)?");
    private static final Pattern OURS =
            Pattern.compile("\\b(ours?|our reading|recalled|not checked|not known|example|told of|unverified)\\b");

    /** Columns that count something, and what they count. */
    private static final Map<String, String> COLUMNS =
            Map.of("session", "sessions", "visit", "sessions", "week", "weeks", "day", "days", "period", "periods");

    private record Entry(boolean read, String states) {}

    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private TemplateLedger() {}

    static TemplateLedger in(Path folder) throws IOException {
        TemplateLedger ledger = new TemplateLedger();
        for (String row : Files.readAllLines(folder.resolve("sources.tsv")).stream()
                .skip(1)
                .toList()) {
            String[] cells = row.split("\t");
            ledger.entries.put(cells[0], new Entry(Boolean.parseBoolean(cells[1]), cells[2]));
        }
        return ledger;
    }

    /** Why these numbers cannot be called verified by this source; empty when they can. */
    String objection(String source, List<String> numbers) {
        List<Entry> found = entries.entrySet().stream()
                .filter(e -> source.startsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        if (found.isEmpty()) {
            return "'" + source + "' is not in sources.tsv";
        }
        if (!found.get(0).read()) {
            return "nobody has read '" + source + "'";
        }
        if (OURS.matcher(source).find()) {
            return "'" + source + "' says itself that it is not the source's";
        }
        List<String> open = numbers.stream()
                .map(String::strip)
                .filter(n -> !states(found.get(0).states(), n))
                .toList();
        return open.isEmpty() ? "" : "the source does not state " + String.join(", ", open);
    }

    /** What is wrong with the rows of a schedule that are said to be verified; rows count up, so the last of an arm is held to it, too. */
    List<String> objections(List<String> schedule) {
        List<String> names = Arrays.asList(schedule.get(0).split("\t"));
        List<String> wrong = new ArrayList<>();
        for (String row : schedule.subList(1, schedule.size())) {
            String[] cells = row.split("\t");
            if (!cells[cells.length - 1].equals("true")) {
                continue;
            }
            // Which one of several it is says nothing; that there are as many does.
            String source = cells[cells.length - 2];
            List<String> numbers = new ArrayList<>();
            for (int i = 0; i < names.size(); i++) {
                String unit = COLUMNS.get(names.get(i));
                if (unit != null && cells[i].matches("[0-9]+")) {
                    numbers.add(largest(schedule, names.indexOf(names.get(i)), source) + " " + unit);
                }
            }
            String why = objection(source, numbers);
            if (!why.isEmpty()) {
                wrong.add(row + ": " + why);
            }
        }
        return wrong;
    }

    private static int largest(List<String> schedule, int column, String source) {
        return schedule.stream()
                .skip(1)
                .map(r -> r.split("\t"))
                .filter(c -> c[c.length - 1].equals("true") && c[c.length - 2].equals(source))
                .map(c -> c[column])
                .filter(c -> c.matches("[0-9]+"))
                .mapToInt(Integer::parseInt)
                .max()
                .orElse(0);
    }

    private static boolean states(String text, String number) {
        Matcher asked = STATED.matcher(number);
        if (!asked.matches()) {
            return false;
        }
        double value = Double.parseDouble(asked.group(1));
        String unit = asked.group(4);
        Matcher stated = STATED.matcher(text);
        while (stated.find()) {
            double from = Double.parseDouble(stated.group(1));
            double to = stated.group(3) == null ? from : Double.parseDouble(stated.group(3));
            boolean range = " to ".equals(stated.group(2));
            boolean within = range ? value >= from && value <= to : value == from || value == to;
            if (within && (unit == null || unit.equals(stated.group(4)))) {
                return true;
            }
        }
        return false;
    }
}
