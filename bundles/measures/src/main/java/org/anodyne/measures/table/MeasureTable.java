package org.anodyne.measures.table;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.measures.Fault;
import org.anodyne.measures.Kind;
import org.anodyne.measures.Measure;
import org.anodyne.measures.MeasureException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * A table of measures that has no fault: comma, semicolon or tab between the cells, as the first line has them; text in UTF-8; the
 * first line names the columns, in any order.
 *
 * @param name name of the file
 * @param bytes as the file holds them
 * @param sha256 of the bytes, 64 hexadecimal digits
 */
public record MeasureTable(Kind kind, String name, byte[] bytes, String sha256, List<Measure> measures) {
    private static final long MOST_BYTES = 64L << 20;
    private static final int MOST_FAULTS = 1000;

    public MeasureTable {
        measures = List.copyOf(measures);
    }

    /**
     * Reads a file.
     *
     * @param now no measure is of a time after this
     * @throws MeasureException with all faults of the table
     */
    public static MeasureTable read(Path file, Kind kind, Instant now) throws MeasureException {
        byte[] bytes;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new MeasureException(file + " is greater than 64 MiB; divide it");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new MeasureException(
                    file + " cannot be read (" + e.getClass().getSimpleName() + "); name a file that is there");
        }
        return of(String.valueOf(file.getFileName()), bytes, kind, now);
    }

    /** Reads what a file holds, as {@link #read}. */
    public static MeasureTable of(String name, byte[] bytes, Kind kind, Instant now) throws MeasureException {
        List<Fault> faults = new ArrayList<>();
        List<Measure> measures = new ArrayList<>();
        String text = decoded(bytes);
        try (CSVParser parser = format(text).parse(new java.io.StringReader(text))) {
            Map<String, Integer> columns = new LinkedHashMap<>();
            long line = 1;
            for (CSVRecord row : parser) {
                if (columns.isEmpty()) {
                    columns.putAll(header(row, kind, faults));
                } else if (!blank(row)) {
                    row(row, line, kind, columns, now, faults, measures);
                }
                line = parser.getCurrentLineNumber() + 1;
            }
        } catch (IOException | IllegalStateException | java.io.UncheckedIOException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            faults.add(new Fault(0, "the cells cannot be told apart: " + cause.getMessage()));
        }
        if (faults.isEmpty() && measures.isEmpty()) {
            faults.add(new Fault(0, "the table has no rows"));
        }
        together(measures, faults);
        if (!faults.isEmpty()) {
            faults.sort(Comparator.comparingLong(Fault::line));
            throw new MeasureException(faults);
        }
        return new MeasureTable(kind, name, bytes, hash(bytes), measures);
    }

    private static String decoded(byte[] bytes) throws MeasureException {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new MeasureException("the text is not in UTF-8; save the table as 'CSV UTF-8'");
        }
    }

    private static CSVFormat format(String text) {
        String first = text.lines().findFirst().orElse("");
        char delimiter = first.contains("\t") ? '\t' : first.contains(";") ? ';' : ',';
        return CSVFormat.DEFAULT
                .builder()
                .setDelimiter(delimiter)
                .setTrim(true)
                .setIgnoreEmptyLines(false)
                .build();
    }

    private static boolean blank(CSVRecord row) {
        return row.stream().allMatch(String::isBlank);
    }

    private static Map<String, Integer> header(CSVRecord row, Kind kind, List<Fault> faults) {
        Map<String, Integer> columns = new LinkedHashMap<>();
        List<String> known = kind.columns().stream().map(Kind.Column::name).toList();
        for (int i = 0; i < row.size(); i++) {
            String name = row.get(i);
            if (columns.put(name, i) != null) {
                faults.add(new Fault(1, "column '" + name + "' is there twice"));
            } else if (!known.contains(name)) {
                faults.add(new Fault(1, "column '" + name + "' is not known; there is " + String.join(", ", known)));
            }
        }
        kind.columns().stream()
                .filter(c -> c.required() && !columns.containsKey(c.name()))
                .forEach(c -> faults.add(new Fault(1, "column '" + c.name() + "' is missing")));
        return columns;
    }

    private static void row(
            CSVRecord row,
            long line,
            Kind kind,
            Map<String, Integer> columns,
            Instant now,
            List<Fault> faults,
            List<Measure> measures) {
        if (faults.size() > MOST_FAULTS) {
            return; // whoever has so many has another table in mind
        }
        if (row.size() != columns.size()) {
            faults.add(new Fault(line, "has " + row.size() + " cells, but there are " + columns.size() + " columns"));
            return;
        }
        Map<String, String> given = new HashMap<>();
        columns.forEach((name, i) -> {
            if (!row.get(i).isBlank()) {
                given.put(name, row.get(i).strip());
            }
        });
        // A column that is missing was told once.
        List<Fault> here = new ArrayList<>();
        Measure measure = new Cells(kind, line, given, now, here).measure();
        here.removeIf(f -> kind.columns().stream()
                .anyMatch(c -> !columns.containsKey(c.name()) && f.text().equals(c.name() + " is empty")));
        faults.addAll(here);
        if (here.isEmpty()) {
            measures.add(measure);
        }
    }

    /** What rows have to be to each other: each measure once, each name spelt one way. */
    private static void together(List<Measure> measures, List<Fault> faults) {
        Map<String, Measure> keys = new HashMap<>();
        for (Measure m : measures) {
            Measure before = keys.putIfAbsent(m.key(), m);
            if (before != null) {
                faults.add(new Fault(
                        m.line(),
                        "is the same measure as in line " + before.line()
                                + (m.kind() == Kind.ASSAY ? "; number them as replicates, or leave one out" : "")));
            }
        }
        spellings(measures, faults);
    }

    /** Notes names that differ in case, spaces or signs only; not those of regions, which some atlases tell apart by case. */
    private static void spellings(List<Measure> measures, List<Fault> faults) {
        Map<String, Map<String, Measure>> seen = new HashMap<>();
        Set<String> told = new HashSet<>();
        for (Measure m : measures) {
            for (String column : List.of("analyte", "specimen", "metric", "modality")) {
                String text = m.cell(column);
                String plain = Analytes.plain(text);
                if (plain.isEmpty()) {
                    continue;
                }
                Measure first =
                        seen.computeIfAbsent(column, c -> new HashMap<>()).putIfAbsent(plain, m);
                if (first != null && !first.cell(column).equals(text) && told.add(column + text)) {
                    faults.add(new Fault(
                            m.line(),
                            column + " is '" + text + "', but '" + first.cell(column) + "' in line " + first.line()
                                    + "; spell it one way"));
                }
            }
        }
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
