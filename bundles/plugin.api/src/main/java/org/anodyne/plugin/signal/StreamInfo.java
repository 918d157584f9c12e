package org.anodyne.plugin.signal;

import java.util.List;

/**
 * A stream of samples.
 *
 * @param slot slot that publishes it; empty until the host fills it in
 * @param name name within the slot
 * @param type what it is, as BIDS and XDF name it: {@code EEG}, {@code EDA}, {@code ECG}, {@code RESP}, {@code EMG} …
 * @param rateHz nominal sampling rate, Hz, greater than 0
 * @param channels label and unit of each channel
 * @param synthetic whether the samples were computed and not measured
 */
public record StreamInfo(
        String slot, String name, String type, double rateHz, List<Channel> channels, boolean synthetic) {
    public StreamInfo {
        if (!(rateHz > 0) || Double.isInfinite(rateHz)) {
            throw new IllegalArgumentException("stream '" + name + "' has a sampling rate of " + rateHz + " Hz");
        }
        channels = List.copyOf(channels);
        if (channels.isEmpty()) {
            throw new IllegalArgumentException("stream '" + name + "' has no channel");
        }
    }

    /** One channel; the unit is a UCUM-like symbol ({@code uV}, {@code uS}) or {@code a.u.} where it is not known. */
    public record Channel(String label, String unit) {}
}
