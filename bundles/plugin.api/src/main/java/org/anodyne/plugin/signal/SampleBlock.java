package org.anodyne.plugin.signal;

/**
 * A block of consecutive samples of one stream.
 *
 * @param stream the stream's name within the slot that publishes it
 * @param index number of the block's first sample within the stream, from 0; a jump is a gap
 * @param startNanos session time of the first sample, nanoseconds
 * @param rateHz sampling rate, Hz
 * @param channels number of channels
 * @param samples {@code channels} × n values, sample by sample (multiplexed), in the channels' units; owned by the
 *     block: nobody changes it after construction
 */
public record SampleBlock(String stream, long index, long startNanos, double rateHz, int channels, float[] samples) {
    public SampleBlock {
        if (channels < 1 || samples.length == 0 || samples.length % channels != 0) {
            throw new IllegalArgumentException("a block of stream '" + stream + "' has " + samples.length
                    + " values, which is no positive multiple of its " + channels + " channels");
        }
    }

    /** Number of samples per channel. */
    public int length() {
        return samples.length / channels;
    }

    /** Value of one channel at one sample of the block. */
    public float at(int sample, int channel) {
        return samples[sample * channels + channel];
    }

    /** Session time just after the last sample: the time at which the block is complete. */
    public long endNanos() {
        return startNanos + Math.round(length() * 1e9 / rateHz);
    }
}
