package org.anodyne.plugins.vr.mirror;

import static org.lwjgl.opengl.GL33C.*;

import java.nio.ByteBuffer;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugins.vr.gl.Compositor;
import org.anodyne.plugins.vr.gl.Target;

/**
 * Makes a picture of a frame smaller on the graphics card and fetches it some frames later, when the card says that it is there:
 * no frame waits for it. One is under way at a time. Thread: the render thread.
 */
public final class Mirror implements AutoCloseable {
    /** Greatest width and height, pixels: enough to see what somebody looks at (engineering default). */
    static final int MOST = 480;

    private static final int CHANNELS = 4;

    /** Takes a picture: 4 bytes a pixel, from the top line down. */
    public interface Taker {
        void take(Shot shot);
    }

    /** @param rgba 4 bytes a pixel, from the top line down */
    public record Shot(long timeNanos, long frame, int width, int height, byte[] rgba) {}

    private record Asked(long fence, long timeNanos, long frame) {}

    private final Compositor compositor;
    private final Taker taker;
    private final long periodNanos;
    private final int width;
    private final int height;
    private final Target small;
    private final int buffer;
    private Asked asked;
    private long next;

    /**
     * For pictures of this size, so many a second, more than 0.
     *
     * @param taker must not wait
     */
    public Mirror(Resources resources, int width, int height, double hertz, Taker taker) {
        this.taker = taker;
        periodNanos = Math.round(1e9 / hertz);
        double by = Math.min(1, (double) MOST / Math.max(width, height));
        this.width = Math.max(1, (int) Math.round(by * width));
        this.height = Math.max(1, (int) Math.round(by * height));
        // A place read between pixels is a mean of four.
        compositor = new Compositor(resources, (int) Math.ceil(width / 2.0 / this.width));
        small = new Target(resources, this.width, this.height);
        buffer = resources.buffer();
        glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
        glBufferData(GL_PIXEL_PACK_BUFFER, (long) CHANNELS * this.width * this.height, GL_STREAM_READ);
        glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
        next = System.nanoTime();
    }

    /**
     * A frame was given away; its picture is still in {@code picture}.
     *
     * @param over what the participant sees of it: light and dark edge
     */
    public void frame(Target picture, Compositor.Overlay over, long timeNanos, long frame) {
        if (asked != null) {
            fetch();
        } else if (System.nanoTime() - next >= 0) {
            next = System.nanoTime() + periodNanos;
            ask(picture, over, timeNanos, frame);
        }
    }

    private void ask(Target picture, Compositor.Overlay over, long timeNanos, long frame) {
        compositor.draw(picture, small.framebuffer(), width, height, over);
        glBindFramebuffer(GL_FRAMEBUFFER, small.framebuffer());
        glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
        glPixelStorei(GL_PACK_ALIGNMENT, 1);
        glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, 0);
        glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
        asked = new Asked(glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0), timeNanos, frame);
    }

    private void fetch() {
        int there = glClientWaitSync(asked.fence(), 0, 0);
        if (there != GL_ALREADY_SIGNALED && there != GL_CONDITION_SATISFIED) {
            return;
        }
        glDeleteSync(asked.fence());
        glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
        ByteBuffer pixels = glMapBuffer(GL_PIXEL_PACK_BUFFER, GL_READ_ONLY);
        if (pixels != null) {
            byte[] rgba = new byte[CHANNELS * width * height];
            int line = CHANNELS * width;
            for (int y = 0; y < height; y++) {
                pixels.get((height - 1 - y) * line, rgba, y * line, line);
            }
            glUnmapBuffer(GL_PIXEL_PACK_BUFFER);
            taker.take(new Shot(asked.timeNanos(), asked.frame(), width, height, rgba));
        }
        glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
        asked = null;
    }

    /** Lets go of one under way; the rest belongs to the scope. */
    @Override
    public void close() {
        if (asked != null) {
            glDeleteSync(asked.fence());
            asked = null;
        }
    }
}
