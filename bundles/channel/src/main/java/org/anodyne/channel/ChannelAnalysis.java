package org.anodyne.channel;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;

/** What a plug-in computes of one channel, sample by sample. Thread: the lane. Publishes by the outlet that its maker gave it. */
public interface ChannelAnalysis {
    /** Makes an analysis. */
    @FunctionalInterface
    interface Maker {
        /**
         * @param rateHz sampling rate
         * @param unit unit of the channel; empty where nobody described the stream
         * @throws IllegalArgumentException when such a stream cannot be analysed, with what to do
         */
        ChannelAnalysis make(double rateHz, String unit);
    }

    /**
     * One sample.
     *
     * @param timeNanos session time just after it, when it is complete
     */
    void add(double value, long timeNanos);

    /** Samples are missing: what rests on neighbours begins afresh; sums of the phase go on. */
    void gap();

    /**
     * A phase begins.
     *
     * @param parameters numbers that the phase sets otherwise than the analysis was made with, by name
     */
    void beginPhase(Map<String, Double> parameters);

    /** Values of the phase, in the order of the names that the processor was made with; NaN where one could not be computed. */
    double[] phaseValues();

    /** Writes everything that has to go on. */
    void write(DataOutputStream out) throws IOException;

    /** Reads it into a fresh analysis of the same rate. */
    void read(DataInputStream in) throws IOException;
}
