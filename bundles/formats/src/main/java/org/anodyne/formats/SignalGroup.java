package org.anodyne.formats;

import java.util.List;

/**
 * Signals of a recording that were sampled together.
 *
 * @param index number of the group in the recording, from 0
 * @param name name of the stream, or of the format where it has none
 * @param type content type, such as {@code EEG}; empty when the file does not say
 * @param rate samples per second; 0 when irregular: then only the stamps tell the time
 * @param samples samples of each signal
 * @param startSeconds time of the first sample, seconds after the beginning of the recording
 * @param signals the signals in order
 */
public record SignalGroup(
        int index, String name, String type, double rate, long samples, double startSeconds, List<Signal> signals) {
    public SignalGroup {
        signals = List.copyOf(signals);
    }

    /**
     * One signal.
     *
     * @param name label
     * @param unit unit as the file writes it; empty when it says none
     */
    public record Signal(String name, String unit) {}

    /** Whether samples are equally spaced. */
    public boolean regular() {
        return rate > 0;
    }

    /** Length in seconds of a regular group: samples divided by rate; NaN for an irregular one. */
    public double durationSeconds() {
        return regular() ? samples / rate : Double.NaN;
    }

    /** Position of the signal of that name, or -1. */
    public int indexOf(String signal) {
        for (int i = 0; i < signals.size(); i++) {
            if (signals.get(i).name().equals(signal)) {
                return i;
            }
        }
        return -1;
    }
}
