package org.anodyne.dsp;

/**
 * A streaming function whose whole memory can be handed to a second instance with the same settings, which then continues bit for
 * bit as if there had been no hand-over. Implementations are not thread-safe: one thread at a time feeds and saves them.
 */
public interface Resumable {
    /** The whole memory as bytes, settings included, in a layout that starts with a kind and a version. */
    byte[] state();

    /**
     * Takes over a saved memory. Nothing is changed when it is refused.
     *
     * @throws StateException when the bytes are of another kind or version, were saved with other settings, or are damaged
     */
    void restore(byte[] state);
}
