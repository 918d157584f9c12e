package org.anodyne.plugins.vr.surface;

/**
 * Where frames go. The loop over a surface is: {@link #await}, then for each eye {@link #framebuffer} and drawing, then
 * {@link #submit}. After a tick that is not visible comes the next {@code await} at once, without drawing and submitting. Thread: the render thread, with its OpenGL context current from construction to {@link #close}.
 */
public interface Surface extends AutoCloseable {
    /** One eye on a screen, two in a headset. */
    int eyes();

    /** Pixels of one eye's picture across. */
    int width();

    /** Pixels of one eye's picture down. */
    int height();

    /** Frames per second that it shows, nominally. */
    double rateHz();

    /** In words for the record: kind, device, graphics card or software renderer. */
    String description();

    /**
     * Waits until the next frame is to be drawn and reads head, hands and keys for it; not longer than a second.
     *
     * @throws Lost when nothing can be shown any more
     */
    Tick await() throws Lost, InterruptedException;

    /** The framebuffer that this eye's picture is to be drawn into; valid until {@link #submit}. */
    int framebuffer(int eye);

    /**
     * Gives the drawn frame away.
     *
     * @return when that was, of {@code System.nanoTime}
     */
    long submit() throws Lost;

    /** Makes where the participant is now, and looks now, the middle. */
    void recentre();

    @Override
    void close();

    /** The window was closed, or the headset's session was lost. */
    final class Lost extends Exception {
        private static final long serialVersionUID = 1L;
        private final boolean mayReturn;

        /** @param mayReturn whether opening the surface again may help */
        public Lost(String message, boolean mayReturn) {
            super(message);
            this.mayReturn = mayReturn;
        }

        /** Whether opening the surface again may help. */
        public boolean mayReturn() {
            return mayReturn;
        }
    }
}
