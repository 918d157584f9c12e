package org.anodyne.export.bids;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anodyne.export.facts.Placement;
import org.anodyne.export.facts.StreamFacts;
import org.anodyne.export.signal.SampleSink;
import org.anodyne.formats.brainvision.BrainVisionWriter;
import org.anodyne.plugin.signal.SampleBlock;

/**
 * One EEG stream as BrainVision files, written while the record is read. The file has no holes: each channel holds its last
 * value over them, and over values that are missing, and each such stretch is marked as bad.
 */
final class EegFile implements SampleSink {
    private static final int CHUNK = 8192;

    /** A bad stretch that begins this soon after the last one is the same stretch. */
    private static final double JOIN_SECONDS = 0.1;

    /**
     * A stretch of filled samples.
     *
     * @param hole whether time passed without samples; else single values were missing
     */
    record Bad(long fromSample, long samples, boolean hole, String reason) {}

    private final BrainVisionWriter writer;
    private final double rate;
    private final float[] scale;
    private final float[] last;
    private final List<Bad> bad = new ArrayList<>();
    private float[][] buffer;
    private long written;

    EegFile(Path vhdr, StreamFacts stream, List<String> names) {
        this.rate = stream.key().rateHz();
        int n = stream.key().channels();
        this.scale = new float[n];
        this.last = new float[n];
        this.buffer = new float[n][CHUNK];
        List<BrainVisionWriter.Channel> channels = new ArrayList<>();
        for (int c = 0; c < n; c++) {
            double factor = Names.toMicrovolts(stream.info().channels().get(c).unit());
            scale[c] = factor == 0 ? 1 : (float) factor;
            // Readers take a channel without a unit for microvolts; ARU says that it is in arbitrary units.
            channels.add(new BrainVisionWriter.Channel(names.get(c), factor == 0 ? "ARU" : "µV"));
        }
        this.writer = BrainVisionWriter.create(vhdr, rate, channels, Optional.empty());
    }

    @Override
    public void hole(Placement.Step step) {
        if (step.fill() > 0) {
            String reason =
                    switch (step.hole()) {
                        case LOST -> "samples lost";
                        case PAUSE -> "source stood still";
                        case RESTART -> "source began anew";
                        case NONE -> "";
                    };
            bad.add(new Bad(written, step.fill(), true, reason));
            fill(step.fill());
        }
    }

    private void fill(long samples) {
        for (int c = 0; c < last.length; c++) {
            Arrays.fill(buffer[c], 0, (int) Math.min(buffer[c].length, samples), last[c]);
        }
        long left = samples;
        while (left > 0) {
            int n = (int) Math.min(left, buffer[0].length);
            writer.write(buffer, n);
            left -= n;
        }
        written += samples;
    }

    @Override
    public void block(SampleBlock block, int skip) {
        int n = block.length() - skip;
        if (n <= 0) {
            return;
        }
        if (buffer[0].length < n) {
            buffer = new float[last.length][n];
        }
        for (int i = 0; i < n; i++) {
            boolean missing = false;
            for (int c = 0; c < last.length; c++) {
                float v = block.at(i + skip, c) * scale[c];
                if (Float.isFinite(v)) {
                    last[c] = v;
                } else {
                    missing = true;
                }
                buffer[c][i] = last[c];
            }
            if (missing) {
                missing(written + i);
            }
        }
        writer.write(buffer, n);
        written += n;
    }

    private void missing(long sample) {
        Bad previous = bad.isEmpty() ? null : bad.get(bad.size() - 1);
        boolean joins = previous != null
                && !previous.hole()
                && sample - (previous.fromSample() + previous.samples()) <= JOIN_SECONDS * rate;
        if (joins) {
            bad.set(
                    bad.size() - 1,
                    new Bad(previous.fromSample(), sample + 1 - previous.fromSample(), false, previous.reason()));
        } else {
            bad.add(new Bad(sample, 1, false, "values missing"));
        }
    }

    List<Bad> bad() {
        return bad;
    }

    long written() {
        return written;
    }

    /** Adds a marker for readers that look into the BrainVision files alone. */
    void marker(double seconds, double duration, String type, String description) {
        long at = Math.round(seconds * rate);
        if (at >= 0 && at < written) {
            writer.marker(at, Math.max(1, Math.min(written - at, Math.round(duration * rate))), type, description);
        }
    }

    @Override
    public void close() {
        // "Bad Interval" is BrainVision's own kind of marker for this; MNE leaves such stretches out of what it
        // computes.
        bad.forEach(b -> writer.marker(b.fromSample(), b.samples(), "Bad Interval", b.reason()));
        writer.close();
    }

    void abandon() {
        writer.abandon();
    }
}
