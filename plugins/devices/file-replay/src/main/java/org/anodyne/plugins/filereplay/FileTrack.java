package org.anodyne.plugins.filereplay;

import java.nio.ByteBuffer;
import java.util.Map;
import org.anodyne.formats.Recording;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.device.Pacer;
import org.anodyne.plugin.signal.SampleBlock;

/**
 * One stream of the file at play. Sample numbers jump where the file's times do, so that a gap in the recording is a gap
 * in the session. Thread: the lane.
 */
final class FileTrack implements Pacer.Track {
    /** Size of a track's part of the hand-over. */
    static final int STATE_BYTES = 2 * Long.BYTES;

    private final Recording recording;
    private final Selection selection;
    private final Outlet outlet;
    private final int blockLength;
    private final double gapSeconds;
    private final long lead;
    private final double[][] block;
    private final double[] times;

    /** Number of the next sample in the file, and in the stream. */
    private long inFile;

    private long position;
    private int nextLength;
    private long gapFrom = -1;

    /** A predecessor already said that nothing is left. */
    private boolean endSaid;

    /**
     * @param lead samples by which this stream begins later than the first one of the file
     * @param gapSeconds a step of time between samples that is longer than this is a gap
     */
    FileTrack(Recording recording, Selection selection, Outlet outlet, int blockLength, long lead, double gapSeconds) {
        this.recording = recording;
        this.selection = selection;
        this.outlet = outlet;
        this.blockLength = blockLength;
        this.lead = lead;
        this.gapSeconds = gapSeconds;
        this.block =
                new double[recording.groups().get(selection.group()).signals().size()][blockLength];
        this.times = new double[blockLength + 1];
        this.position = lead;
        plan();
    }

    @Override
    public double rateHz() {
        return selection.stream().rateHz();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public long origin() {
        return inFile == 0 ? position - lead : position;
    }

    @Override
    public int nextLength() {
        return nextLength;
    }

    /** Finds out how far the next block reaches: to a gap, or to the end of the file. */
    private void plan() {
        boolean first = inFile == 0;
        int found = recording.readTimes(selection.group(), first ? 0 : inFile - 1, times);
        // Unless it is the first block, times[0] belongs to the sample before it.
        int from = first ? 0 : 1;
        if (!first && found > 1 && times[1] - times[0] > gapSeconds) {
            gapFrom = position;
            position += Math.max(1, Math.round((times[1] - times[0]) * rateHz())) - 1;
        }
        int length = Math.min(blockLength, Math.max(0, found - from));
        for (int i = from + 1; i < from + length; i++) {
            if (times[i] - times[i - 1] > gapSeconds) {
                length = i - from;
            }
        }
        nextLength = length;
    }

    @Override
    public void deliver(long startNanos) {
        String stream = selection.stream().name();
        if (gapFrom >= 0) {
            long from = startNanos - Math.round((position - gapFrom) * 1e9 / rateHz());
            outlet.event(gap(from, startNanos, "the recording has none"));
            gapFrom = -1;
        }
        recording.read(selection.group(), inFile, block);
        int[] signals = selection.signals();
        float[] samples = new float[nextLength * signals.length];
        long bad = 0;
        for (int i = 0; i < nextLength; i++) {
            for (int c = 0; c < signals.length; c++) {
                float value = (float) block[signals[c]][i];
                samples[i * signals.length + c] = value;
                bad += Float.isFinite(value) ? 0 : 1;
            }
        }
        SampleBlock whole = new SampleBlock(stream, position, startNanos, rateHz(), signals.length, samples);
        if (bad > 0) {
            outlet.event(new Event(
                    "bad-samples", whole.endNanos(), Map.of("stream", stream, "index", position, "count", bad)));
        }
        outlet.samples(whole);
        inFile += nextLength;
        position += nextLength;
        plan();
    }

    private Event gap(long fromNanos, long toNanos, String reason) {
        return new Event(
                "gap",
                toNanos,
                Map.of(
                        "stream", selection.stream().name(),
                        "fromNanos", fromNanos,
                        "toNanos", toNanos,
                        "reason", reason));
    }

    @Override
    public void exhausted(long atNanos) {
        if (!endSaid) {
            endSaid = true;
            outlet.event(new Event(
                    "end-of-input", atNanos, Map.of("stream", selection.stream().name())));
        }
    }

    @Override
    public void skipped(long fromNanos, long toNanos) {
        outlet.event(gap(fromNanos, toNanos, "the replay was stopped"));
    }

    void write(ByteBuffer bytes) {
        // A gap that is still to be announced is found again.
        bytes.putLong(inFile).putLong(gapFrom >= 0 ? gapFrom : position);
    }

    /** Goes on at a saved place; false when the file has no such place. */
    boolean read(ByteBuffer bytes) {
        long savedInFile = bytes.getLong();
        long savedPosition = bytes.getLong();
        if (savedInFile < 0
                || savedInFile > recording.groups().get(selection.group()).samples()
                || savedPosition < savedInFile) {
            return false;
        }
        inFile = savedInFile;
        position = savedPosition;
        gapFrom = -1;
        plan();
        endSaid = nextLength == 0;
        return true;
    }
}
