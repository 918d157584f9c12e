package org.anodyne.formats.xdf;

/**
 * One block: the content of one samples chunk. What is written as one block is read back as one block.
 *
 * @param streamId stream the block belongs to
 * @param stamps time of each sample in seconds, on the clock of the stream; its length is the number of samples
 * @param firstStampOnly true when only the first stamp is stored and readers deduce the others from the nominal rate; when read:
 *     whether the chunk was stored so
 * @param values samples times channels, sample by sample
 */
public record XdfSamples(int streamId, double[] stamps, boolean firstStampOnly, XdfValues values) {
    public XdfSamples {
        if (stamps.length == 0 ? values.length() != 0 : values.length() % stamps.length != 0) {
            throw new IllegalArgumentException("stream " + streamId + ": " + values.length() + " values cannot be "
                    + stamps.length + " samples of equal size");
        }
    }

    /** A block of a regular stream: the stamp of the first sample is stored, the rest follows at {@code rate} (hertz, above 0). */
    public static XdfSamples regular(int streamId, double firstStamp, double rate, int samples, XdfValues values) {
        if (!(rate > 0)) {
            throw new IllegalArgumentException("stream " + streamId + ": a regular block needs a rate above 0");
        }
        double[] stamps = new double[samples];
        XdfChunks.deduce(stamps, firstStamp, 1 / rate);
        return new XdfSamples(streamId, stamps, true, values);
    }

    /** A block whose every sample carries its own stamp. */
    public static XdfSamples stamped(int streamId, double[] stamps, XdfValues values) {
        return new XdfSamples(streamId, stamps, false, values);
    }

    /** One text sample, such as an event; one text per channel. */
    public static XdfSamples event(int streamId, double stamp, String... texts) {
        return new XdfSamples(streamId, new double[] {stamp}, false, new XdfValues.Text(texts));
    }

    /** Number of samples. */
    public int count() {
        return stamps.length;
    }

    /** Number of channels; 0 for a block without samples. */
    public int channels() {
        return stamps.length == 0 ? 0 : values.length() / stamps.length;
    }

    /**
     * Value of a channel of a sample as double.
     *
     * @throws UnsupportedOperationException when the values are text
     */
    public double at(int sample, int channel) {
        return values.at(sample * channels() + channel);
    }
}
