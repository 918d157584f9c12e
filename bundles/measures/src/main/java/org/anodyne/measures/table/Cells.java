package org.anodyne.measures.table;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.anodyne.measures.Fault;
import org.anodyne.measures.Kind;
import org.anodyne.measures.Measure;

/** One row: what stands in its cells is checked, and all faults are noted. */
final class Cells {
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9]{1,32}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");
    private static final int LONGEST = 200;
    private static final int LONGEST_COMMENT = 1000;
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssXXX");

    private final Kind kind;
    private final long line;
    private final Map<String, String> given;
    private final Instant now;
    private final List<Fault> faults;
    private final Map<String, String> cells = new LinkedHashMap<>();

    /** @param given what stands in each column, stripped; without those that are empty */
    Cells(Kind kind, long line, Map<String, String> given, Instant now, List<Fault> faults) {
        this.kind = kind;
        this.line = line;
        this.given = given;
        this.now = now;
        this.faults = faults;
    }

    private void fault(String column, String what) {
        faults.add(new Fault(line, column + " " + what));
    }

    /** The measure; of no use when faults were noted. */
    Measure measure() {
        for (Kind.Column column : kind.columns()) {
            String text = given.getOrDefault(column.name(), "");
            if (text.isEmpty()) {
                if (column.required()) {
                    fault(column.name(), "is empty");
                }
                continue;
            }
            int longest = column.name().equals("comment") ? LONGEST_COMMENT : LONGEST;
            if (text.length() > longest) {
                fault(column.name(), "has " + text.length() + " characters; " + longest + " are the most");
            } else if (text.chars().anyMatch(Character::isISOControl)) {
                fault(column.name(), "holds a line break or another control character");
            }
            cells.put(column.name(), text);
        }
        code("participant");
        code("visit");
        unit();
        if (kind == Kind.ASSAY) {
            time("sampled");
            cells.computeIfPresent("analyte", (name, text) -> Analytes.name(text));
            choice("below_detection", List.of("yes", "no"));
            replicate();
            return new Measure(kind, line, cells, amount());
        }
        time("acquired");
        choice("hemisphere", List.of("left", "right", "both"));
        if (!cells.containsKey("region") && !cells.containsKey("network")) {
            fault("region", "or network should say what was measured");
        }
        return new Measure(kind, line, cells, number("value"));
    }

    private void code(String column) {
        String text = cells.get(column);
        if (text != null && !CODE.matcher(text).matches()) {
            fault(
                    column,
                    "is '" + text + "'; use 1 to 32 letters and digits, e.g. "
                            + column.substring(0, 1).toUpperCase() + "01");
        }
    }

    private void choice(String column, List<String> known) {
        String text = cells.get(column);
        if (text != null && !known.contains(text)) {
            fault(column, "is '" + text + "'; there is " + String.join(", ", known));
        }
    }

    private void unit() {
        String text = cells.get("unit");
        if (text != null && Ucum.of(text).isEmpty()) {
            fault(
                    "unit",
                    "is '" + text + "', which is no UCUM code that is known here"
                            + Ucum.meant(text)
                                    .map(m -> "; write " + m)
                                    .orElse("; e.g. pg/mL, mg/L, nmol/L, [IU]/mL, mm, %, 1"));
        }
    }

    private void replicate() {
        String text = cells.get("replicate");
        if (text != null && !text.matches("[1-9]\\d{0,3}")) {
            fault("replicate", "is '" + text + "'; count from 1");
        }
    }

    /** A day stays a day: what the hour was nobody has said. */
    private void time(String column) {
        String text = cells.get(column);
        if (text == null) {
            return;
        }
        try {
            Instant at;
            if (text.length() == 10) {
                at = LocalDate.parse(text).atStartOfDay(ZoneOffset.ofHours(14)).toInstant();
            } else {
                OffsetDateTime time = OffsetDateTime.parse(text);
                cells.put(column, SECONDS.format(time));
                at = time.toInstant();
            }
            if (at.isAfter(now)) {
                fault(column, "is " + text + ", which is still to come");
            }
        } catch (DateTimeException e) {
            fault(column, "is '" + text + "'; " + meant(text));
        }
    }

    private static String meant(String text) {
        try {
            LocalDateTime.parse(text.replace(' ', 'T'));
            return "a time needs its offset, e.g. " + text.replace(' ', 'T') + "+01:00; or give the day alone";
        } catch (DateTimeException e) {
            return "write 2026-03-31 or 2026-03-31T09:30+02:00";
        }
    }

    private BigDecimal number(String column) {
        String text = cells.get(column);
        if (text == null) {
            return null;
        }
        if (!NUMBER.matcher(text).matches()) {
            String point =
                    text.matches("[+-]?\\d+,\\d+") ? "; write " + text.replace(',', '.') : "; a number is needed";
            fault(column, "is '" + text + "'" + point);
            return null;
        }
        return new BigDecimal(text);
    }

    private BigDecimal amount() {
        BigDecimal value = number("value");
        BigDecimal limit = number("detection_limit");
        boolean below = "yes".equals(cells.get("below_detection"));
        if (limit != null && limit.signum() <= 0) {
            fault("detection_limit", "is " + limit + "; it should be greater than 0");
        }
        if (below && given.containsKey("value")) {
            fault("value", "is " + given.get("value") + " although it is below detection; leave it empty");
        }
        if (below && !given.containsKey("detection_limit")) {
            fault("detection_limit", "is empty; what is below detection needs it");
        }
        if (!below && !given.containsKey("value")) {
            fault("value", "is empty; where it is below detection, below_detection is yes");
        }
        if (!below && value != null && limit != null && value.compareTo(limit) < 0) {
            fault("value", "is " + value + ", below the limit of " + limit + ", but below_detection is not yes");
        }
        boolean concentration = Ucum.of(cells.getOrDefault("unit", ""))
                .map(Ucum.Dimension::massConcentration)
                .orElse(false);
        if (value != null && value.signum() < 0 && concentration) {
            fault("value", "is " + value + "; a concentration cannot be less than 0");
        }
        return below ? null : value;
    }
}
