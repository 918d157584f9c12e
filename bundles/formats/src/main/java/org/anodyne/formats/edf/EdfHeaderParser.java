package org.anodyne.formats.edf;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.formats.FormatException;

/** Header bytes to a header: forgiving about padding and dates, strict where samples could be misread. */
final class EdfHeaderParser {
    static final int FIXED_BYTES = 256;
    private static final int MAX_SIGNALS = 9999;
    private static final String REPAIR = "Export the recording again with another program.";
    private static final Pattern DATE = Pattern.compile("(\\d{1,2})\\D(\\d{1,2})\\D(\\d{1,4})");
    private static final Pattern FULL_DATE = Pattern.compile("Startdate (\\d{1,2})-([A-Za-z]{3})-(\\d{4})");
    private static final String MONTHS = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";

    /** A signal as it lies in the data records. */
    record Place(EdfSignal signal, boolean annotations, int offset, int bytes) {}

    /** All that is needed to read the file. */
    record Parsed(EdfHeader header, List<Place> places, long declaredRecords, int headerBytes, int recordBytes) {}

    private final Path file;
    private final byte[] bytes;
    private final List<String> warnings;

    EdfHeaderParser(Path file, byte[] bytes, List<String> warnings) {
        this.file = file;
        this.bytes = bytes;
        this.warnings = warnings;
    }

    /** Number of signals, from the fixed part alone. */
    static int signals(Path file, byte[] fixed) {
        EdfHeaderParser parser = new EdfHeaderParser(file, fixed, new ArrayList<>());
        parser.isBdf();
        int signals = parser.integer(252, 4, "number of signals");
        if (signals < 1 || signals > MAX_SIGNALS) {
            throw parser.fault(252, "the number of signals is " + signals);
        }
        return signals;
    }

    private boolean isBdf() {
        String version = text(0, 8);
        boolean bdf = (bytes[0] & 0xFF) == 0xFF && new String(bytes, 1, 7, StandardCharsets.US_ASCII).equals("BIOSEMI");
        if (!bdf && !version.equals("0")) {
            throw new FormatException(
                    file, 0, "this is neither an EDF nor a BDF file", "Choose an .edf or .bdf recording.");
        }
        return bdf;
    }

    Parsed parse() {
        boolean bdf = isBdf();
        int count = signals(file, bytes);
        int headerBytes = FIXED_BYTES * (count + 1);
        int declared = integer(184, 8, "length of the header");
        if (declared != headerBytes) {
            throw fault(
                    184,
                    "the header says that it is " + declared + " bytes long, but " + count + " signals need "
                            + headerBytes);
        }
        String reserved = text(192, 44);
        EdfKind kind = kind(bdf, reserved);
        double seconds = number(244, 8, "length of a data record");
        List<Place> places = new ArrayList<>();
        int offset = 0;
        boolean plus = kind != EdfKind.EDF && kind != EdfKind.BDF;
        for (int i = 0; i < count; i++) {
            EdfSignal signal = signal(i, count, bdf);
            boolean annotations = signal.label().equals(bdf ? "BDF Annotations" : "EDF Annotations");
            if (annotations && !plus) {
                warnings.add("The file holds annotations although it does not say that it is EDF+ or BDF+.");
            }
            long size = (long) signal.samplesPerRecord() * kind.sampleBytes();
            if (offset + size > Integer.MAX_VALUE / 2) {
                throw fault(-1, "a data record would be longer than 1 GiB");
            }
            places.add(new Place(signal, annotations, offset, (int) size));
            offset += (int) size;
        }
        List<EdfSignal> ordinary =
                places.stream().filter(p -> !p.annotations()).map(Place::signal).toList();
        if (!(seconds >= 0) || Double.isInfinite(seconds) || (seconds == 0 && !ordinary.isEmpty())) {
            throw fault(244, "a data record lasts " + text(244, 8) + " seconds, so the signals have no sampling rate");
        }
        if (plus && ordinary.size() == count) {
            warnings.add("The file says " + kind.label() + " but holds no annotation signal.");
        }
        long records = (long) number(236, 8, "number of data records");
        EdfHeader header = new EdfHeader(kind, text(8, 80), text(88, 80), start(), seconds, ordinary);
        return new Parsed(header, places, records, headerBytes, offset);
    }

    private EdfKind kind(boolean bdf, String reserved) {
        if (reserved.startsWith("EDF+D") || reserved.startsWith("BDF+D")) {
            return bdf ? EdfKind.BDF_PLUS_D : EdfKind.EDF_PLUS_D;
        }
        if (reserved.startsWith("EDF+") || reserved.startsWith("BDF+")) {
            return bdf ? EdfKind.BDF_PLUS_C : EdfKind.EDF_PLUS_C;
        }
        return bdf ? EdfKind.BDF : EdfKind.EDF;
    }

    private EdfSignal signal(int index, int count, boolean bdf) {
        int base = FIXED_BYTES;
        String label = text(base + 16 * index, 16);
        base += 16 * count;
        String transducer = text(base + 80 * index, 80);
        base += 80 * count;
        String unit = text(base + 8 * index, 8);
        base += 8 * count;
        String name = "of signal \"" + label + "\"";
        double physicalMin = number(base + 8 * index, 8, "physical minimum " + name);
        base += 8 * count;
        double physicalMax = number(base + 8 * index, 8, "physical maximum " + name);
        base += 8 * count;
        int digitalMin = integer(base + 8 * index, 8, "digital minimum " + name);
        base += 8 * count;
        int digitalMax = integer(base + 8 * index, 8, "digital maximum " + name);
        int digitalAt = base + 8 * index;
        base += 8 * count;
        String prefilter = text(base + 80 * index, 80);
        base += 80 * count;
        int samples = integer(base + 8 * index, 8, "samples per record " + name);
        if (samples < 1) {
            throw fault(base + 8 * index, "signal \"" + label + "\" has " + samples + " samples per record");
        }
        int limit = bdf ? 1 << 23 : 1 << 15;
        if (digitalMin == digitalMax || Math.max(Math.abs((long) digitalMin), Math.abs((long) digitalMax)) > limit) {
            throw fault(
                    digitalAt,
                    "the digital range " + name + " is " + digitalMin + " to " + digitalMax + ", which cannot be");
        }
        if (physicalMin == physicalMax) {
            warnings.add("Signal \"" + label + "\" has no physical range; its stored numbers are given as they are.");
        } else if (digitalMin > digitalMax) {
            warnings.add("The digital range " + name + " is upside down; its values are given as it says.");
        }
        return new EdfSignal(
                label, transducer, unit, physicalMin, physicalMax, digitalMin, digitalMax, prefilter, samples);
    }

    private Optional<LocalDateTime> start() {
        Matcher date = DATE.matcher(text(168, 8));
        Matcher time = DATE.matcher(text(176, 8));
        try {
            if (date.matches() && time.matches()) {
                int year = Integer.parseInt(date.group(3));
                int month = Integer.parseInt(date.group(2));
                Matcher full = FULL_DATE.matcher(text(88, 80));
                if (full.find()) {
                    year = Integer.parseInt(full.group(3));
                } else if (year < 100) {
                    year += year >= 85 ? 1900 : 2000;
                }
                return Optional.of(LocalDateTime.of(
                        year,
                        month,
                        Integer.parseInt(date.group(1)),
                        Integer.parseInt(time.group(1)),
                        Integer.parseInt(time.group(2)),
                        Integer.parseInt(time.group(3))));
            }
        } catch (DateTimeException impossible) {
            // Told below: anonymised files carry dates such as 00.00.00.
        }
        warnings.add("The start of the recording, \"" + text(168, 8) + " " + text(176, 8) + "\", is no date and time.");
        return Optional.empty();
    }

    static String month(int month) {
        return MONTHS.substring(3 * month - 3, 3 * month).toUpperCase(Locale.ROOT);
    }

    private String text(int at, int length) {
        String raw = new String(bytes, at, length, StandardCharsets.ISO_8859_1);
        return raw.replace('\0', ' ').strip();
    }

    private double number(int at, int length, String what) {
        String text = text(at, length);
        try {
            return Double.parseDouble(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            throw fault(at, "the " + what + " is \"" + text + "\", not a number");
        }
    }

    private int integer(int at, int length, String what) {
        double value = number(at, length, what);
        if (value != Math.rint(value) || Math.abs(value) > Integer.MAX_VALUE) {
            throw fault(at, "the " + what + " is " + text(at, length) + ", not a whole number");
        }
        return (int) value;
    }

    private FormatException fault(long at, String what) {
        return new FormatException(file, at, what, REPAIR);
    }
}
