package org.anodyne.plugins.vr.comfort;

import static org.lwjgl.opengl.GL33C.GL_ALREADY_SIGNALED;
import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_COLOR_ATTACHMENT0;
import static org.lwjgl.opengl.GL33C.GL_CONDITION_SATISFIED;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_FILL;
import static org.lwjgl.opengl.GL33C.GL_FRAMEBUFFER;
import static org.lwjgl.opengl.GL33C.GL_FRONT_AND_BACK;
import static org.lwjgl.opengl.GL33C.GL_NEAREST;
import static org.lwjgl.opengl.GL33C.GL_PACK_ALIGNMENT;
import static org.lwjgl.opengl.GL33C.GL_PIXEL_PACK_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_READ_ONLY;
import static org.lwjgl.opengl.GL33C.GL_RGBA;
import static org.lwjgl.opengl.GL33C.GL_RGBA16;
import static org.lwjgl.opengl.GL33C.GL_SCISSOR_TEST;
import static org.lwjgl.opengl.GL33C.GL_STREAM_READ;
import static org.lwjgl.opengl.GL33C.GL_SYNC_GPU_COMMANDS_COMPLETE;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE0;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_2D;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_MIN_FILTER;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLES;
import static org.lwjgl.opengl.GL33C.GL_UNSIGNED_SHORT;
import static org.lwjgl.opengl.GL33C.glActiveTexture;
import static org.lwjgl.opengl.GL33C.glBindBuffer;
import static org.lwjgl.opengl.GL33C.glBindFramebuffer;
import static org.lwjgl.opengl.GL33C.glBindTexture;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBufferData;
import static org.lwjgl.opengl.GL33C.glClientWaitSync;
import static org.lwjgl.opengl.GL33C.glColorMask;
import static org.lwjgl.opengl.GL33C.glDeleteSync;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glFenceSync;
import static org.lwjgl.opengl.GL33C.glFramebufferTexture2D;
import static org.lwjgl.opengl.GL33C.glGetUniformLocation;
import static org.lwjgl.opengl.GL33C.glMapBuffer;
import static org.lwjgl.opengl.GL33C.glPixelStorei;
import static org.lwjgl.opengl.GL33C.glPolygonMode;
import static org.lwjgl.opengl.GL33C.glReadPixels;
import static org.lwjgl.opengl.GL33C.glTexImage2D;
import static org.lwjgl.opengl.GL33C.glTexParameteri;
import static org.lwjgl.opengl.GL33C.glUniform1f;
import static org.lwjgl.opengl.GL33C.glUniform1i;
import static org.lwjgl.opengl.GL33C.glUniform2f;
import static org.lwjgl.opengl.GL33C.glUniform2i;
import static org.lwjgl.opengl.GL33C.glUnmapBuffer;
import static org.lwjgl.opengl.GL33C.glUseProgram;
import static org.lwjgl.opengl.GL33C.glViewport;

import java.nio.ByteBuffer;
import java.nio.ShortBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugins.vr.gl.Target;
import org.anodyne.plugins.vr.surface.Tick;

/**
 * Looks at what one eye is shown: makes a small picture of it in linear light on the graphics card, reads it back some frames
 * later so that nothing waits, and counts its flashes. The photodiode patch is not looked at; the photodiode covers it.
 * Thread: the render thread.
 */
public final class FlashCheck {
    private static final String VERTEX = """
            #version 330 core
            void main() {
                vec2 at = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
                gl_Position = vec4(at, 0.0, 1.0);
            }
            """;
    /** The same light and edge as the compositor's, then linear light (IEC 61966-2-1), then the mean of the cell. */
    private static final String FRAGMENT = """
            #version 330 core
            uniform sampler2D picture;
            uniform vec2 cells;
            uniform ivec2 taps;
            uniform float light;
            uniform float opening;
            out vec4 mean;
            void main() {
                vec3 sum = vec3(0.0);
                vec2 from = floor(gl_FragCoord.xy);
                for (int y = 0; y < taps.y; y++) {
                    for (int x = 0; x < taps.x; x++) {
                        vec2 at = (from + (vec2(x, y) + 0.5) / vec2(taps)) / cells;
                        vec3 c = texture(picture, at).rgb * light;
                        float r = length(at - 0.5) / 0.7071;
                        c *= 1.0 - smoothstep(opening - 0.15, opening + 0.05, r) * step(opening, 0.999);
                        sum += mix(c / 12.92, pow((c + 0.055) / 1.055, vec3(2.4)), step(vec3(0.04045), c));
                    }
                }
                mean = vec4(sum / float(taps.x * taps.y), 1.0);
            }
            """;

    private static final int ACROSS = 64;
    /** Pixels from one sample to the next; each is a mean of four pixels. */
    private static final int STRIDE = 4;

    private static final int RING = 4;
    private static final int CHANNELS = 4;

    /** Faster turning of the head makes the world pass by, degrees per second (engineering default). */
    public static final double TURNING = 30;

    private record Asked(int buffer, long fence, double seconds, boolean turning) {}

    private final int down;
    private final int tapsAcross;
    private final int tapsDown;
    private final int program;
    private final int corners;
    private final int framebuffer;
    private final Deque<Integer> free = new ArrayDeque<>();
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final float[] rgb;
    private FlashCounter counter;

    /** For pictures of this size. */
    public FlashCheck(Resources resources, int width, int height) {
        down = Math.max(1, Math.round((float) ACROSS * height / width));
        tapsAcross = Math.max(1, width / ACROSS / STRIDE);
        tapsDown = Math.max(1, height / down / STRIDE);
        rgb = new float[3 * ACROSS * down];
        program = resources.program(VERTEX, FRAGMENT);
        corners = resources.vertexArray();
        int texture = resources.texture();
        glBindTexture(GL_TEXTURE_2D, texture);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA16, ACROSS, down, 0, GL_RGBA, GL_UNSIGNED_SHORT, (ByteBuffer) null);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_NEAREST);
        framebuffer = resources.framebuffer();
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
        for (int i = 0; i < RING; i++) {
            int buffer = resources.buffer();
            glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
            glBufferData(GL_PIXEL_PACK_BUFFER, 2L * CHANNELS * ACROSS * down, GL_STREAM_READ);
            free.add(buffer);
        }
        glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
    }

    /**
     * Takes a picture in and tells what was too much in one of those before it.
     *
     * @param light how bright it is shown, 0 to 1
     * @param opening of the dark edge, as the compositor draws it
     * @param eye how much of the visual field it fills
     * @param seconds when it is seen
     * @param turning whether the head turns faster than {@link #TURNING}
     */
    public Optional<FlashCounter.Finding> look(
            Target picture, float light, float opening, Tick.Eye eye, double seconds, boolean turning) {
        if (counter == null) {
            counter = new FlashCounter(
                    ACROSS,
                    down,
                    Math.tan(eye.left()),
                    Math.tan(eye.right()),
                    Math.tan(eye.down()),
                    Math.tan(eye.up()));
        }
        Optional<FlashCounter.Finding> found = Optional.empty();
        while (!asked.isEmpty() && found.isEmpty() && (free.isEmpty() || done(asked.peek()))) {
            found = count(asked.remove());
        }
        if (found.isPresent()) {
            forget();
        }
        ask(picture, light, opening, seconds, turning);
        return found;
    }

    private void ask(Target picture, float light, float opening, double seconds, boolean turning) {
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
        glViewport(0, 0, ACROSS, down);
        glDisable(GL_DEPTH_TEST);
        glDisable(GL_BLEND);
        glDisable(GL_CULL_FACE);
        glDisable(GL_SCISSOR_TEST);
        glColorMask(true, true, true, true);
        glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
        glUseProgram(program);
        glActiveTexture(GL_TEXTURE0);
        glBindTexture(GL_TEXTURE_2D, picture.texture());
        glUniform1i(glGetUniformLocation(program, "picture"), 0);
        glUniform2f(glGetUniformLocation(program, "cells"), ACROSS, down);
        glUniform2i(glGetUniformLocation(program, "taps"), tapsAcross, tapsDown);
        glUniform1f(glGetUniformLocation(program, "light"), light);
        glUniform1f(glGetUniformLocation(program, "opening"), opening);
        glBindVertexArray(corners);
        glDrawArrays(GL_TRIANGLES, 0, 3);
        glBindVertexArray(0);
        int buffer = free.remove();
        glBindBuffer(GL_PIXEL_PACK_BUFFER, buffer);
        glPixelStorei(GL_PACK_ALIGNMENT, 1);
        glReadPixels(0, 0, ACROSS, down, GL_RGBA, GL_UNSIGNED_SHORT, 0L);
        glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
        asked.add(new Asked(buffer, glFenceSync(GL_SYNC_GPU_COMMANDS_COMPLETE, 0), seconds, turning));
    }

    private static boolean done(Asked a) {
        int state = glClientWaitSync(a.fence(), 0, 0);
        return state == GL_ALREADY_SIGNALED || state == GL_CONDITION_SATISFIED;
    }

    private Optional<FlashCounter.Finding> count(Asked a) {
        glDeleteSync(a.fence());
        free.add(a.buffer());
        glBindBuffer(GL_PIXEL_PACK_BUFFER, a.buffer());
        ByteBuffer bytes = glMapBuffer(GL_PIXEL_PACK_BUFFER, GL_READ_ONLY);
        try {
            if (bytes == null) {
                return Optional.empty();
            }
            ShortBuffer values = bytes.order(java.nio.ByteOrder.nativeOrder()).asShortBuffer();
            for (int i = 0; i < rgb.length; i++) {
                rgb[i] = (values.get(CHANNELS * (i / 3) + i % 3) & 0xFFFF) / 65535f;
            }
        } finally {
            glUnmapBuffer(GL_PIXEL_PACK_BUFFER);
            glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
        }
        return counter.add(a.seconds(), rgb, a.turning());
    }

    /** Forgets what was seen: what comes is something else. */
    public void forget() {
        for (Asked a : asked) {
            glDeleteSync(a.fence());
            free.add(a.buffer());
        }
        asked.clear();
        counter.reset();
    }

    /** Gives back what the resources do not. */
    public void close() {
        asked.forEach(a -> glDeleteSync(a.fence()));
        asked.clear();
    }
}
