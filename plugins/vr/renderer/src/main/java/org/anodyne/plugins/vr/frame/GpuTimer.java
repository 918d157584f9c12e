package org.anodyne.plugins.vr.frame;

import static org.lwjgl.opengl.GL33C.*;

import java.util.function.BiConsumer;

/** Measures how long the graphics card works on each frame, without waiting for it. Thread: the render thread. */
public final class GpuTimer implements AutoCloseable {
    private static final int RING = 4;

    private final int[] queries = new int[RING];
    private final long[] frames = new long[RING];
    private int next;

    /** Makes its queries. */
    public GpuTimer() {
        glGenQueries(queries);
        java.util.Arrays.fill(frames, -1);
        for (int query : queries) {
            // A query is there once it was begun, and what is there before a scene begins is not what it forgot.
            glBeginQuery(GL_TIME_ELAPSED, query);
            glEndQuery(GL_TIME_ELAPSED);
        }
    }

    /** The frame begins. */
    public void begin(long frame) {
        frames[next] = frame;
        glBeginQuery(GL_TIME_ELAPSED, queries[next]);
    }

    /** All of the frame was given to the graphics card. */
    public void end() {
        glEndQuery(GL_TIME_ELAPSED);
        next = (next + 1) % RING;
    }

    /** Tells the results that are there: frame and nanoseconds. */
    public void results(BiConsumer<Long, Long> out) {
        for (int i = 0; i < RING; i++) {
            if (frames[i] >= 0 && glGetQueryObjecti(queries[i], GL_QUERY_RESULT_AVAILABLE) != 0) {
                out.accept(frames[i], glGetQueryObjectui64(queries[i], GL_QUERY_RESULT));
                frames[i] = -1;
            }
        }
    }

    @Override
    public void close() {
        glDeleteQueries(queries);
    }
}
