package org.anodyne.formats.text;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.formats.FormatException;

/** Line by line. */
final class SimpleTextParser {
    private static final int MAX_COLUMNS = 4096;

    private final Path file;
    private final Map<String, String> header = new LinkedHashMap<>();
    private final List<String> warnings = new ArrayList<>();
    private double rate = Double.NaN;
    private int rateLine;
    private double[][] columns;
    private int firstDataLine;
    private int samples;
    private int line;
    private long nan;

    SimpleTextParser(Path file) {
        this.file = file;
    }

    void line(String raw) {
        line++;
        String text = line == 1 && raw.startsWith("\u00EF\u00BB\u00BF") ? raw.substring(3) : raw;
        text = text.strip();
        if (text.startsWith("#")) {
            comment(text.substring(1).strip());
        } else if (!text.isEmpty()) {
            sample(text);
        }
    }

    private void comment(String text) {
        int split = text.indexOf(":=");
        int length = 2;
        if (split < 0) {
            split = text.indexOf(':');
            length = 1;
        }
        if (split <= 0) {
            return;
        }
        String key = text.substring(0, split).strip();
        String value = utf8(text.substring(split + length).strip());
        header.putIfAbsent(key, value);
        String plain = key.toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        if (plain.startsWith("samplingrate")
                || plain.startsWith("samplerate")
                || plain.startsWith("samplingfrequency")) {
            rate(value);
        }
    }

    private static String utf8(String latin1) {
        byte[] bytes = latin1.getBytes(StandardCharsets.ISO_8859_1);
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 ? latin1 : text;
    }

    private void rate(String value) {
        double found;
        try {
            found = Double.parseDouble(value);
        } catch (NumberFormatException e) {
            throw fault(
                    line, "the sampling rate is \"" + value + "\", not a number", "Write it as hertz, such as 125.");
        }
        if (!(found > 0) || Double.isInfinite(found)) {
            throw fault(
                    line,
                    "the sampling rate is " + value + " Hz, which cannot be",
                    "Write the rate it was recorded with.");
        }
        if (rateLine > 0 && found != rate) {
            throw fault(
                    line,
                    "the header speaks of two sampling rates, " + rate + " Hz in line " + rateLine + " and " + found
                            + " Hz here",
                    "Find out which is right and remove the other line.");
        }
        rate = found;
        rateLine = line;
    }

    private void sample(String text) {
        String[] numbers = text.split("\\s*[,;\\t]\\s*|\\s+");
        if (columns == null) {
            if (numbers.length > MAX_COLUMNS) {
                throw fault(line, numbers.length + " columns are too many", "Choose a file with one line per sample.");
            }
            columns = new double[numbers.length][1024];
            firstDataLine = line;
        }
        if (numbers.length != columns.length) {
            throw fault(
                    line,
                    "there are " + numbers.length + " numbers, but " + columns.length + " in line " + firstDataLine,
                    "Give every sample a number for every signal.");
        }
        if (samples == columns[0].length) {
            for (int i = 0; i < columns.length; i++) {
                columns[i] = Arrays.copyOf(columns[i], samples * 2);
            }
        }
        for (int i = 0; i < numbers.length; i++) {
            double value = number(numbers[i]);
            columns[i][samples] = value;
            nan += Double.isNaN(value) ? 1 : 0;
        }
        samples++;
    }

    private double number(String text) {
        if (text.equalsIgnoreCase("nan")) {
            return Double.NaN;
        }
        try {
            double value = Double.parseDouble(text);
            char last = text.charAt(text.length() - 1);
            // Java alone reads "5d" and "5f" as numbers.
            if (!Double.isInfinite(value) && last != 'd' && last != 'D' && last != 'f' && last != 'F') {
                return value;
            }
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            // Told below.
        }
        throw fault(
                line, "\"" + text + "\" is not a number", "Correct the line, or write nan where a sample is missing.");
    }

    SimpleText finish() {
        if (samples == 0) {
            throw new FormatException(file, -1, "the file holds no samples", "Choose a recording that holds data.");
        }
        if (rateLine == 0) {
            throw new FormatException(
                    file,
                    -1,
                    "the file does not tell its sampling rate",
                    "Add a line such as \"# Sampling Rate (Hz):= 125\" at its top.");
        }
        if (nan == (long) samples * columns.length) {
            throw new FormatException(
                    file, -1, "all " + samples + " samples are NaN (not a number)", "Choose another recording.");
        }
        if (nan > 0) {
            warnings.add(nan + " of " + (long) samples * columns.length + " numbers are NaN (not a number).");
        }
        for (int i = 0; i < columns.length; i++) {
            columns[i] = Arrays.copyOf(columns[i], samples);
        }
        return new SimpleText(
                file,
                rate,
                labels(),
                columns,
                java.util.Collections.unmodifiableMap(header),
                nan,
                List.copyOf(warnings));
    }

    private List<String> labels() {
        String given = header.entrySet().stream()
                .filter(e -> e.getKey().equalsIgnoreCase("labels"))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
        // A label may hold blanks where tabs or commas separate.
        for (String separator : List.of("\\s*\\t\\s*", "\\s*[,;]\\s*", "\\s+")) {
            String[] labels = given.split(separator);
            if (!given.isEmpty() && labels.length == columns.length) {
                return List.of(labels);
            }
        }
        if (!given.isEmpty()) {
            warnings.add("The labels \"" + given + "\" do not fit the " + columns.length + " signals.");
        }
        List<String> numbered = new ArrayList<>();
        for (int i = 1; i <= columns.length; i++) {
            numbered.add("column " + i);
        }
        return numbered;
    }

    private FormatException fault(int at, String what, String whatToDo) {
        return new FormatException(file, -1, "line " + at + ": " + what, whatToDo);
    }
}
