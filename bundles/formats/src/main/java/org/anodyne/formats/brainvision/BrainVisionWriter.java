package org.anodyne.formats.brainvision;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a recording as BrainVision files: header {@code .vhdr}, markers {@code .vmrk}, and data {@code .eeg} as little-endian
 * 32-bit floats, multiplexed, in the unit of each channel with resolution 1. Samples stream to a {@code .part} file; the three
 * files get their names in {@link #close}, the header last. For one thread.
 */
public final class BrainVisionWriter implements AutoCloseable {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");

    /**
     * One channel.
     *
     * @param name name, any text
     * @param unit unit such as {@code µV}; empty means µV to readers
     */
    public record Channel(String name, String unit) {}

    private record Marker(long sample, long length, String type, String description) {}

    private final Path folder;
    private final String base;
    private final Path part;
    private final double rate;
    private final List<Channel> channels;
    private final Optional<LocalDateTime> start;
    private final OutputStream data;
    private final List<Marker> markers = new ArrayList<>();
    private ByteBuffer buffer = ByteBuffer.allocate(0);
    private long samples;
    private boolean closed;

    private BrainVisionWriter(Path vhdr, double rate, List<Channel> channels, Optional<LocalDateTime> start)
            throws IOException {
        String name = vhdr.getFileName().toString();
        if (!name.endsWith(".vhdr")) {
            throw new IllegalArgumentException("the header file must be named *.vhdr, not " + name);
        }
        if (channels.isEmpty() || !(rate > 0) || Double.isInfinite(rate)) {
            throw new IllegalArgumentException("at least one channel and a rate above 0 are needed, not "
                    + channels.size() + " channels at " + rate + " Hz");
        }
        this.folder = vhdr.toAbsolutePath().getParent();
        this.base = name.substring(0, name.length() - ".vhdr".length());
        this.rate = rate;
        this.channels = List.copyOf(channels);
        this.start = start;
        this.part = folder.resolve(base + ".eeg.part");
        this.data = new BufferedOutputStream(Files.newOutputStream(part), 1 << 16);
    }

    /**
     * Begins a recording.
     *
     * @param vhdr the header file; the others lie beside it
     * @param rate samples per second
     * @param start when the first sample was taken, if it may be told
     * @throws UncheckedIOException when the files cannot be made
     */
    public static BrainVisionWriter create(
            Path vhdr, double rate, List<Channel> channels, Optional<LocalDateTime> start) {
        try {
            return new BrainVisionWriter(vhdr, rate, channels, start);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + vhdr + ": " + e, e);
        }
    }

    /**
     * Appends samples.
     *
     * @param block per channel an array of at least {@code count} samples, in the unit of the channel; NaN stays NaN
     */
    public void write(float[][] block, int count) {
        begin(block.length, count);
        for (int i = 0; i < count; i++) {
            for (float[] channel : block) {
                buffer.putFloat(channel[i]);
            }
        }
        end(count);
    }

    /** As {@link #write(float[][], int)}; values are rounded to single precision. */
    public void write(double[][] block, int count) {
        begin(block.length, count);
        for (int i = 0; i < count; i++) {
            for (double[] channel : block) {
                buffer.putFloat((float) channel[i]);
            }
        }
        end(count);
    }

    private void begin(int given, int count) {
        if (closed) {
            throw new IllegalStateException(base + " is closed");
        }
        if (given != channels.size()) {
            throw new IllegalArgumentException(channels.size() + " channels are to be written, not " + given);
        }
        int bytes = Math.multiplyExact(Math.multiplyExact(count, given), Float.BYTES);
        if (buffer.capacity() < bytes) {
            buffer = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }
        buffer.clear();
    }

    private void end(int count) {
        try {
            data.write(buffer.array(), 0, buffer.position());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + part + ": " + e, e);
        }
        samples += count;
    }

    /**
     * Adds a marker, at any time before {@link #close} and in any order.
     *
     * @param sample sample it is at, from 0
     * @param length length in samples, at least 1
     * @param type kind, such as {@code Stimulus} or {@code Comment}
     * @param description what it says
     */
    public void marker(long sample, long length, String type, String description) {
        if (sample < 0 || length < 1) {
            throw new IllegalArgumentException("marker " + description + " at sample " + sample + " over " + length);
        }
        markers.add(new Marker(sample, length, type, description));
    }

    /** Samples of each channel so far. */
    public long samples() {
        return samples;
    }

    /** Forgets the recording. */
    public void abandon() {
        closed = true;
        try {
            data.close();
            Files.deleteIfExists(part);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + part + ": " + e, e);
        }
    }

    /**
     * Gives the files their names, replacing files of those names. Closing twice does nothing.
     *
     * @throws IllegalStateException when not one sample was written; nothing is left behind then
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (samples == 0) {
            abandon();
            throw new IllegalStateException(base + ".vhdr would hold no samples, so it was not written");
        }
        closed = true;
        try {
            data.close();
            Files.move(part, folder.resolve(base + ".eeg"), StandardCopyOption.REPLACE_EXISTING);
            replace(".vmrk", markerFile());
            replace(".vhdr", headerFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + base + ".vhdr: " + e, e);
        }
    }

    private void replace(String ending, String text) throws IOException {
        Path temporary = folder.resolve(base + ending + ".part");
        Files.write(temporary, text.getBytes(StandardCharsets.UTF_8));
        Files.move(temporary, folder.resolve(base + ending), StandardCopyOption.REPLACE_EXISTING);
    }

    private String headerFile() {
        StringBuilder out = new StringBuilder();
        line(out, "Brain Vision Data Exchange Header File Version 1.0");
        line(out, "; Written by Anodyne");
        line(out, "");
        line(out, "[Common Infos]");
        line(out, "Codepage=UTF-8");
        line(out, "DataFile=" + base + ".eeg");
        line(out, "MarkerFile=" + base + ".vmrk");
        line(out, "DataFormat=BINARY");
        line(out, "; Data orientation: MULTIPLEXED=ch1,pt1, ch2,pt1 ...");
        line(out, "DataOrientation=MULTIPLEXED");
        line(out, "NumberOfChannels=" + channels.size());
        line(out, "; Sampling interval in microseconds");
        double interval = 1e6 / rate;
        line(out, "SamplingInterval=" + (interval == Math.rint(interval) ? Long.toString((long) interval) : interval));
        line(out, "");
        line(out, "[Binary Infos]");
        line(out, "BinaryFormat=IEEE_FLOAT_32");
        line(out, "");
        line(out, "[Channel Infos]");
        line(out, "; Ch<number>=<name>,<reference>,<resolution in unit>,<unit>; commas in names are \\1");
        for (int i = 0; i < channels.size(); i++) {
            Channel channel = channels.get(i);
            line(out, "Ch" + (i + 1) + "=" + field(channel.name()) + ",,1," + field(unit(channel.unit())));
        }
        return out.toString();
    }

    private static String unit(String unit) {
        return switch (unit) {
            case "uV", "microvolts", "microvolt", "μV" -> "µV";
            default -> unit;
        };
    }

    private String markerFile() {
        StringBuilder out = new StringBuilder();
        line(out, "Brain Vision Data Exchange Marker File, Version 1.0");
        line(out, "");
        line(out, "[Common Infos]");
        line(out, "Codepage=UTF-8");
        line(out, "DataFile=" + base + ".eeg");
        line(out, "");
        line(out, "[Marker Infos]");
        line(out, "; Mk<number>=<type>,<description>,<position from 1>,<length>,<channel, 0 = all>,<date>");
        String date = start.map(
                        time -> "," + STAMP.format(time) + String.format(Locale.ROOT, "%06d", time.getNano() / 1000))
                .orElse("");
        line(out, "Mk1=New Segment,,1,1,0" + date);
        markers.sort(Comparator.comparingLong(Marker::sample));
        for (int i = 0; i < markers.size(); i++) {
            Marker m = markers.get(i);
            line(
                    out,
                    "Mk" + (i + 2) + "=" + field(m.type()) + "," + field(m.description()) + "," + (m.sample() + 1) + ","
                            + m.length() + ",0");
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String text) {
        out.append(text).append("\r\n");
    }

    private static String field(String text) {
        return text.replace(",", "\\1").replaceAll("\\p{Cntrl}", " ");
    }
}
