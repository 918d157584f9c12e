package org.anodyne.formats.edf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.anodyne.formats.FormatException;

/**
 * Reads EDF, EDF+, BDF and BDF+. Forgives an unknown record count, sloppy padding, odd dates and a torn last record (then
 * {@link #truncated} is true and the whole records are given); refuses a header that contradicts itself and a file without one
 * whole data record. Samples are read from the file when wanted. For one thread.
 */
public final class EdfReader implements AutoCloseable {
    private static final int WINDOW_BYTES = 512 * 1024;

    private final Path file;
    private final FileChannel channel;
    private final EdfHeader header;
    private final List<EdfHeaderParser.Place> places;
    private final List<EdfHeaderParser.Place> ordinary;
    private final int headerBytes;
    private final int recordBytes;
    private final long records;
    private final boolean truncated;
    private final List<String> warnings = new ArrayList<>();
    private final List<EdfAnnotation> annotations = new ArrayList<>();
    private double[] onsets;
    private double firstOnset;
    private byte[] window = new byte[0];
    private long windowFirst = -1;
    private int windowRecords;

    private EdfReader(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        long size = channel.size();
        if (size == 0) {
            throw new FormatException(file, 0, "the file is empty", "Choose a recording that holds data.");
        }
        int signals = EdfHeaderParser.signals(file, bytes(0, EdfHeaderParser.FIXED_BYTES, size));
        byte[] head = bytes(0, EdfHeaderParser.FIXED_BYTES * (signals + 1), size);
        EdfHeaderParser.Parsed parsed = new EdfHeaderParser(file, head, warnings).parse();
        header = parsed.header();
        places = parsed.places();
        ordinary = places.stream().filter(p -> !p.annotations()).toList();
        headerBytes = parsed.headerBytes();
        recordBytes = parsed.recordBytes();
        long data = size - headerBytes;
        long whole = data / recordBytes;
        long declared = parsed.declaredRecords();
        if (whole == 0 || declared == 0) {
            throw new FormatException(
                    file,
                    headerBytes,
                    "the file holds a header but not one whole data record",
                    "Copy the file again; if it is the original, nothing was recorded.");
        }
        if (declared < 0) {
            warnings.add("The header does not say how many data records there are; by its length the file has " + whole
                    + ".");
            truncated = data % recordBytes != 0;
        } else {
            truncated = declared > whole;
        }
        records = declared < 0 ? whole : Math.min(declared, whole);
        if (truncated) {
            warnings.add("The file is truncated: " + records + " whole data records"
                    + (declared < 0 ? "" : " of " + declared) + " are there.");
        } else if (data > records * recordBytes) {
            warnings.add("Behind the last data record are " + (data - records * recordBytes)
                    + " bytes that do not belong there.");
        }
        scanAnnotations();
    }

    /**
     * Opens a file and reads its header and annotations.
     *
     * @throws FormatException when it is no such file, contradicts itself, or has no whole data record
     * @throws UncheckedIOException when it cannot be read
     */
    public static EdfReader open(Path file) {
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.READ);
            return new EdfReader(file, channel);
        } catch (IOException | RuntimeException e) {
            try {
                if (channel != null) {
                    channel.close();
                }
            } catch (IOException secondary) {
                e.addSuppressed(secondary);
            }
            if (e instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new UncheckedIOException(file + " cannot be read: " + e, (IOException) e);
        }
    }

    private byte[] bytes(long at, int count, long size) throws IOException {
        if (at + count > size) {
            throw new FormatException(
                    file, size, "the file ends inside its header", "Copy the file again: it is truncated.");
        }
        byte[] bytes = new byte[count];
        fill(bytes, at, count);
        return bytes;
    }

    private void fill(byte[] into, long at, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new IOException("the file became shorter while it was read");
            }
        }
    }

    private void scanAnnotations() throws IOException {
        List<EdfHeaderParser.Place> lists =
                places.stream().filter(EdfHeaderParser.Place::annotations).toList();
        if (header.kind().interrupted()) {
            onsets = new double[Math.toIntExact(records)];
        }
        if (lists.isEmpty()) {
            if (onsets != null) {
                throw new FormatException(
                        file, -1, "the recording is interrupted but does not say when", "Export it again as EDF+C.");
            }
            return;
        }
        long unsound = 0;
        int longest =
                lists.stream().mapToInt(EdfHeaderParser.Place::bytes).max().orElseThrow();
        byte[] bytes = new byte[longest];
        for (long record = 0; record < records; record++) {
            for (int i = 0; i < lists.size(); i++) {
                EdfHeaderParser.Place place = lists.get(i);
                fill(bytes, headerBytes + record * recordBytes + place.offset(), place.bytes());
                EdfTal.Parsed parsed = EdfTal.parse(bytes, 0, place.bytes(), i == 0);
                annotations.addAll(parsed.annotations());
                unsound += parsed.sound() ? 0 : 1;
                if (i == 0) {
                    onset(record, parsed.recordOnset());
                }
            }
        }
        if (unsound > 0) {
            warnings.add("The annotations of " + unsound + " data records are not well formed.");
        }
        annotations.sort(Comparator.comparingDouble(EdfAnnotation::onsetSeconds));
    }

    private void onset(long record, double onset) {
        if (record == 0 && !Double.isNaN(onset)) {
            firstOnset = onset;
        }
        if (onsets == null) {
            return;
        }
        if (Double.isNaN(onset)) {
            throw new FormatException(
                    file,
                    headerBytes + record * recordBytes,
                    "data record " + record + " of an interrupted recording does not say when it begins",
                    "Export the recording again as EDF+C.");
        }
        onsets[(int) record] = onset;
    }

    /** Header of the file. */
    public EdfHeader header() {
        return header;
    }

    /** Number of whole data records. */
    public long records() {
        return records;
    }

    /** Whether the file holds fewer records than it should, or a torn last one. */
    public boolean truncated() {
        return truncated;
    }

    /** What was odd, each a sentence for a person. */
    public List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Annotations in order of their onset. */
    public List<EdfAnnotation> annotations() {
        return List.copyOf(annotations);
    }

    /** When a data record begins, seconds after the start time of the file. */
    public double recordOnset(long record) {
        return onsets != null ? onsets[(int) record] : firstOnset + record * header.recordSeconds();
    }

    /** Samples of a signal in the whole file. */
    public long sampleCount(int signal) {
        return records * ordinary.get(signal).signal().samplesPerRecord();
    }

    /**
     * Reads samples of a signal in physical units.
     *
     * @param fromSample first sample, from 0; records follow each other without regard to gaps in time
     * @return samples read: less than the array takes only at the end
     */
    public int read(int signal, long fromSample, double[] into) {
        EdfSignal scale = ordinary.get(signal).signal();
        return each(signal, fromSample, into.length, (at, digital) -> into[at] = scale.physical(digital));
    }

    /** Reads samples of a signal as they are stored; otherwise as {@link #read}. */
    public int readDigital(int signal, long fromSample, int[] into) {
        return each(signal, fromSample, into.length, (at, digital) -> into[at] = digital);
    }

    /**
     * All samples of a signal in physical units.
     *
     * @throws ArithmeticException when they do not fit into one array
     */
    public double[] signal(int signal) {
        double[] all = new double[Math.toIntExact(sampleCount(signal))];
        read(signal, 0, all);
        return all;
    }

    /**
     * Reads one data record in physical units.
     *
     * @param into per signal an array of its samples per record
     */
    public void readRecord(long record, double[][] into) {
        for (int signal = 0; signal < into.length; signal++) {
            read(signal, record * ordinary.get(signal).signal().samplesPerRecord(), into[signal]);
        }
    }

    private interface Sink {
        void take(int at, int digital);
    }

    private int each(int signal, long fromSample, int wanted, Sink sink) {
        if (fromSample < 0) {
            throw new IllegalArgumentException("samples are counted from 0, not " + fromSample);
        }
        EdfHeaderParser.Place place = ordinary.get(signal);
        int perRecord = place.signal().samplesPerRecord();
        int sampleBytes = header.kind().sampleBytes();
        int count = (int) Math.max(0, Math.min(wanted, sampleCount(signal) - fromSample));
        int done = 0;
        while (done < count) {
            long record = (fromSample + done) / perRecord;
            int within = (int) ((fromSample + done) % perRecord);
            int part = Math.min(count - done, perRecord - within);
            int at = window(record) + place.offset() + within * sampleBytes;
            for (int i = 0; i < part; i++, at += sampleBytes) {
                int low = window[at] & 0xFF;
                int digital = sampleBytes == 2
                        ? low | window[at + 1] << 8
                        : low | (window[at + 1] & 0xFF) << 8 | window[at + 2] << 16;
                sink.take(done + i, digital);
            }
            done += part;
        }
        return count;
    }

    /** Where the record begins in the window, which is moved there if need be. */
    private int window(long record) {
        if (windowFirst < 0 || record < windowFirst || record >= windowFirst + windowRecords) {
            int count = (int) Math.min(records - record, Math.max(1, WINDOW_BYTES / recordBytes));
            if (window.length < count * recordBytes) {
                window = new byte[count * recordBytes];
            }
            try {
                windowFirst = -1;
                fill(window, headerBytes + record * recordBytes, count * recordBytes);
            } catch (IOException e) {
                throw new UncheckedIOException(file + " cannot be read: " + e, e);
            }
            windowFirst = record;
            windowRecords = count;
        }
        return (int) (record - windowFirst) * recordBytes;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(file + " did not close: " + e, e);
        }
    }
}
