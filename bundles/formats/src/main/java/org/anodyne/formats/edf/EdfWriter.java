package org.anodyne.formats.edf;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Writes a continuous EDF+ file. Samples stream to a neighbouring {@code .part} file; the file appears under its name only when
 * {@link #close} has put header, samples and annotations together, so a half-made export never looks whole. For one thread.
 */
public final class EdfWriter implements AutoCloseable {
    private static final int ANNOTATION_LABEL_BYTES = 16;

    /**
     * The patient field of EDF+; spaces become underscores, empty becomes X (unknown).
     *
     * @param code code in the study, never a name
     * @param sex {@code F}, {@code M} or empty
     * @param birthdate as {@code dd-MMM-yyyy}, or empty
     * @param name or empty, as research files should have it
     */
    public record Subject(String code, String sex, String birthdate, String name) {
        /** Nothing said. */
        public static Subject unknown() {
            return new Subject("", "", "", "");
        }
    }

    /**
     * The recording field of EDF+ without its date.
     *
     * @param code code of the session
     * @param technician code of whoever recorded
     * @param equipment what it was recorded with
     */
    public record Session(String code, String technician, String equipment) {
        /** Nothing said. */
        public static Session unknown() {
            return new Session("", "", "");
        }
    }

    private final Path target;
    private final Path part;
    private final OutputStream out;
    private final byte[] identity;
    private final LocalDateTime start;
    private final String recordSeconds;
    private final List<EdfSignal> signals;
    private final List<EdfAnnotation> annotations = new ArrayList<>();
    private final byte[] record;
    private long records;
    private long clipped;
    private long missing;
    private boolean closed;

    private EdfWriter(
            Path target, Subject subject, Session session, LocalDateTime start, double seconds, List<EdfSignal> signals)
            throws IOException {
        this.target = target;
        this.start = start;
        this.recordSeconds = number(seconds, "length of a data record");
        if (!(Double.parseDouble(recordSeconds) == seconds) || seconds <= 0) {
            throw new IllegalArgumentException("a data record of " + seconds
                    + " s cannot be written exactly in 8 characters: choose another length");
        }
        this.signals = signals.stream().map(EdfWriter::asStored).toList();
        if (signals.isEmpty()) {
            throw new IllegalArgumentException("an EDF file needs at least one signal");
        }
        this.identity = identity(subject, session, start);
        this.record = new byte
                [2 * signals.stream().mapToInt(EdfSignal::samplesPerRecord).sum()];
        this.part = target.resolveSibling(target.getFileName() + ".part");
        this.out = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    /**
     * Begins a file.
     *
     * @param start start of the recording; fractions of a second are kept
     * @param recordSeconds length of a data record, usually 1; must be exact in 8 characters
     * @param signals the signals; physical limits are rounded to what 8 characters hold, and scaling uses the rounded ones
     * @throws IllegalArgumentException when something cannot be expressed in EDF+
     * @throws UncheckedIOException when the file cannot be made
     */
    public static EdfWriter create(
            Path file,
            Subject subject,
            Session session,
            LocalDateTime start,
            double recordSeconds,
            List<EdfSignal> signals) {
        try {
            return new EdfWriter(file, subject, session, start, recordSeconds, signals);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e, e);
        }
    }

    private static EdfSignal asStored(EdfSignal s) {
        double min = Double.parseDouble(number(s.physicalMin(), "physical minimum of " + s.label()));
        double max = Double.parseDouble(number(s.physicalMax(), "physical maximum of " + s.label()));
        if (min == max || s.digitalMin() >= s.digitalMax() || s.digitalMin() < -32768 || s.digitalMax() > 32767) {
            throw new IllegalArgumentException("signal " + s.label() + " has no usable range: physical " + min + " to "
                    + max + ", digital " + s.digitalMin() + " to " + s.digitalMax());
        }
        if (s.samplesPerRecord() < 1) {
            throw new IllegalArgumentException("signal " + s.label() + " needs at least one sample per record");
        }
        return new EdfSignal(
                s.label(),
                s.transducer(),
                s.unit(),
                min,
                max,
                s.digitalMin(),
                s.digitalMax(),
                s.prefilter(),
                s.samplesPerRecord());
    }

    /**
     * Writes one data record.
     *
     * @param physical per signal its samples per record, in physical units; beyond the limits they are clipped and counted, NaN
     *     becomes the lowest value and is counted
     */
    public void write(double[][] physical) {
        if (closed) {
            throw new IllegalStateException(target + " is closed");
        }
        if (physical.length != signals.size()) {
            throw new IllegalArgumentException(signals.size() + " signals are to be written, not " + physical.length);
        }
        int at = 0;
        for (int i = 0; i < physical.length; i++) {
            EdfSignal signal = signals.get(i);
            if (physical[i].length != signal.samplesPerRecord()) {
                throw new IllegalArgumentException("signal " + signal.label() + " has " + signal.samplesPerRecord()
                        + " samples per record, not " + physical[i].length);
            }
            for (double value : physical[i]) {
                int digital = digital(signal, value);
                record[at++] = (byte) digital;
                record[at++] = (byte) (digital >> 8);
            }
        }
        try {
            out.write(record, 0, at);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + part + ": " + e, e);
        }
        records++;
    }

    private int digital(EdfSignal signal, double value) {
        if (Double.isNaN(value)) {
            missing++;
            return signal.digitalMin();
        }
        double digital = Math.rint((value - signal.physicalMin()) / signal.gain()) + signal.digitalMin();
        if (digital < signal.digitalMin() || digital > signal.digitalMax()) {
            clipped++;
        }
        return (int) Math.max(signal.digitalMin(), Math.min(signal.digitalMax(), digital));
    }

    /**
     * Adds an annotation, at any time before {@link #close} and in any order.
     *
     * @param onsetSeconds seconds after the first sample
     * @param durationSeconds length in seconds, or -1 for none
     * @param text what it says; control characters become spaces
     */
    public void annotate(double onsetSeconds, double durationSeconds, String text) {
        if (!Double.isFinite(onsetSeconds) || Double.isNaN(durationSeconds)) {
            throw new IllegalArgumentException(
                    "annotation \"" + text + "\" at " + onsetSeconds + " s has no place in time");
        }
        annotations.add(new EdfAnnotation(onsetSeconds, durationSeconds, text));
    }

    /** Samples so far that lay beyond their physical limits. */
    public long clipped() {
        return clipped;
    }

    /** Samples so far that were NaN, which EDF cannot hold. */
    public long missing() {
        return missing;
    }

    /** Data records so far. */
    public long records() {
        return records;
    }

    /** Forgets the file. */
    public void abandon() {
        closed = true;
        try {
            out.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + part + ": " + e, e);
        }
    }

    /**
     * Puts the file together and gives it its name, replacing a file of that name. Closing twice does nothing.
     *
     * @throws IllegalStateException when not one record was written; nothing is left behind then
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (records == 0) {
            abandon();
            throw new IllegalStateException(target + " would hold no samples, so it was not written");
        }
        Path whole = target.resolveSibling(target.getFileName() + ".tmp");
        try {
            out.close();
            closed = true;
            assemble(whole);
            Files.move(whole, target, StandardCopyOption.REPLACE_EXISTING);
            Files.delete(part);
        } catch (IOException e) {
            remove(whole, e);
            remove(part, e);
            throw new UncheckedIOException("cannot write " + target + ": " + e, e);
        }
    }

    private static void remove(Path leftOver, IOException because) {
        try {
            Files.deleteIfExists(leftOver);
        } catch (IOException e) {
            because.addSuppressed(e);
        }
    }

    private void assemble(Path whole) throws IOException {
        double fraction = start.getNano() / 1e9;
        double seconds = Double.parseDouble(recordSeconds);
        EdfAnnotationLayout layout = new EdfAnnotationLayout(records, seconds, fraction, annotations);
        int listBytes = layout.bytesPerRecord();
        try (InputStream in = new BufferedInputStream(Files.newInputStream(part), 1 << 16);
                OutputStream file = new BufferedOutputStream(Files.newOutputStream(whole), 1 << 16)) {
            file.write(header(listBytes));
            byte[] list = new byte[listBytes];
            for (long r = 0; r < records; r++) {
                if (in.readNBytes(record, 0, record.length) != record.length) {
                    throw new IOException(part + " became shorter");
                }
                file.write(record);
                layout.fill(r, list);
                file.write(list);
            }
        }
    }

    private byte[] header(int listBytes) {
        List<EdfSignal> all = new ArrayList<>(signals);
        all.add(new EdfSignal("EDF Annotations", "", "", -1, 1, -32768, 32767, "", listBytes / 2));
        int count = all.size();
        StringBuilder text = new StringBuilder(new String(identity, StandardCharsets.US_ASCII));
        text.append(field(Integer.toString(256 * (count + 1)), 8)).append(field("EDF+C", 44));
        text.append(field(Long.toString(records), 8)).append(field(recordSeconds, 8));
        text.append(field(Integer.toString(count), 4));
        all.forEach(s -> text.append(field(s.label(), ANNOTATION_LABEL_BYTES)));
        all.forEach(s -> text.append(field(s.transducer(), 80)));
        all.forEach(s -> text.append(field(s.unit(), 8)));
        all.forEach(s -> text.append(field(number(s.physicalMin(), "physical minimum"), 8)));
        all.forEach(s -> text.append(field(number(s.physicalMax(), "physical maximum"), 8)));
        all.forEach(s -> text.append(field(Integer.toString(s.digitalMin()), 8)));
        all.forEach(s -> text.append(field(Integer.toString(s.digitalMax()), 8)));
        all.forEach(s -> text.append(field(s.prefilter(), 80)));
        all.forEach(s -> text.append(field(Integer.toString(s.samplesPerRecord()), 8)));
        all.forEach(s -> text.append(field("", 32)));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] identity(Subject subject, Session session, LocalDateTime start) {
        int year = start.getYear();
        if (year < 1985 || year > 2084) {
            throw new IllegalArgumentException("EDF holds the years 1985 to 2084, not " + year);
        }
        String month = EdfHeaderParser.month(start.getMonthValue());
        String date = String.format(java.util.Locale.ROOT, "%02d-%s-%04d", start.getDayOfMonth(), month, year);
        String patient = String.join(
                " ", word(subject.code()), word(subject.sex()), word(subject.birthdate()), word(subject.name()));
        String recording = String.join(
                " ", "Startdate", date, word(session.code()), word(session.technician()), word(session.equipment()));
        String time = String.format(
                java.util.Locale.ROOT,
                "%02d.%02d.%02d%02d.%02d.%02d",
                start.getDayOfMonth(),
                start.getMonthValue(),
                year % 100,
                start.getHour(),
                start.getMinute(),
                start.getSecond());
        String all = field("0", 8) + field(patient, 80) + field(recording, 80) + time;
        return all.getBytes(StandardCharsets.US_ASCII);
    }

    private static String word(String text) {
        String word = text.strip().replaceAll("\\s+", "_");
        return word.isEmpty() ? "X" : word;
    }

    /** ASCII, padded or cut; the micro sign becomes u, as EDF asks, other characters a question mark. */
    private static String field(String text, int length) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(text.length(), length); i++) {
            char c = text.charAt(i);
            out.append(c == 'µ' || c == 'μ' ? 'u' : c < 0x20 || c > 0x7E ? '?' : c);
        }
        return out.append(" ".repeat(length - out.length())).toString();
    }

    /** A number in at most 8 characters without exponent, as exact as they allow. */
    static String number(double value, String what) {
        if (Double.isFinite(value)) {
            BigDecimal exact = BigDecimal.valueOf(value);
            for (int decimals = 7; decimals >= 0; decimals--) {
                BigDecimal rounded = exact.setScale(decimals, RoundingMode.HALF_EVEN);
                String text = rounded.signum() == 0
                        ? "0"
                        : rounded.stripTrailingZeros().toPlainString();
                if (text.length() <= 8) {
                    return text;
                }
            }
        }
        throw new IllegalArgumentException("the " + what + ", " + value + ", does not fit into 8 characters");
    }

    static List<EdfAnnotation> ordered(List<EdfAnnotation> annotations) {
        return annotations.stream()
                .sorted(Comparator.comparingDouble(EdfAnnotation::onsetSeconds))
                .toList();
    }
}
