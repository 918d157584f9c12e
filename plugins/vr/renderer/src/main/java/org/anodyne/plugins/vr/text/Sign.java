package org.anodyne.plugins.vr.text;

import static org.lwjgl.opengl.GL33C.GL_ARRAY_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_DYNAMIC_DRAW;
import static org.lwjgl.opengl.GL33C.GL_FILL;
import static org.lwjgl.opengl.GL33C.GL_FLOAT;
import static org.lwjgl.opengl.GL33C.GL_FRONT_AND_BACK;
import static org.lwjgl.opengl.GL33C.GL_FUNC_ADD;
import static org.lwjgl.opengl.GL33C.GL_ONE_MINUS_SRC_ALPHA;
import static org.lwjgl.opengl.GL33C.GL_SCISSOR_TEST;
import static org.lwjgl.opengl.GL33C.GL_SRC_ALPHA;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE0;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_2D;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLES;
import static org.lwjgl.opengl.GL33C.glActiveTexture;
import static org.lwjgl.opengl.GL33C.glBindBuffer;
import static org.lwjgl.opengl.GL33C.glBindTexture;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBlendEquation;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glBufferData;
import static org.lwjgl.opengl.GL33C.glColorMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glEnable;
import static org.lwjgl.opengl.GL33C.glEnableVertexAttribArray;
import static org.lwjgl.opengl.GL33C.glGetUniformLocation;
import static org.lwjgl.opengl.GL33C.glPolygonMode;
import static org.lwjgl.opengl.GL33C.glUniform1f;
import static org.lwjgl.opengl.GL33C.glUniform1i;
import static org.lwjgl.opengl.GL33C.glUniform2f;
import static org.lwjgl.opengl.GL33C.glUniformMatrix4fv;
import static org.lwjgl.opengl.GL33C.glUseProgram;
import static org.lwjgl.opengl.GL33C.glVertexAttribPointer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anodyne.plugin.scene.Pose;
import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugin.scene.View;
import org.joml.Matrix4f;

/**
 * A sign in the world: lines of text and plain bars on a dark plate, each with its place in metres from the sign's middle, y
 * up. Drawn over everything, so that nothing hides it. Thread: the render thread.
 */
public final class Sign {
    private static final String VERTEX = """
            #version 330 core
            layout(location = 0) in vec2 place;
            layout(location = 1) in vec3 kind;   // place in the texture; 1 for a letter, 0 for a bar, 2 for the plate
            layout(location = 2) in vec4 paint;
            uniform mat4 toClip;
            out vec2 at;
            out vec3 what;
            out vec4 tint;
            void main() {
                at = place;
                what = kind;
                tint = paint;
                gl_Position = toClip * vec4(place, 0.0, 1.0);
            }
            """;
    private static final String FRAGMENT = """
            #version 330 core
            in vec2 at;
            in vec3 what;
            in vec4 tint;
            uniform sampler2D letters;
            uniform vec2 plate;       // half its size
            uniform float strength;   // 0 not there, 1 wholly there
            out vec4 colour;
            void main() {
                float cover = 1.0;
                if (what.z > 1.5) {
                    const float corner = 0.04;
                    vec2 beyond = abs(at) - plate + corner;
                    float away = length(max(beyond, 0.0)) - corner;
                    cover = 1.0 - smoothstep(-fwidth(away), 0.0, away);
                } else if (what.z > 0.5) {
                    float distance = texture(letters, what.xy).r - 128.0 / 255.0;
                    float soft = max(0.7 * fwidth(distance), 0.004);
                    cover = smoothstep(-soft, soft, distance);
                }
                colour = vec4(tint.rgb, tint.a * cover * strength);
            }
            """;
    private static final int FLOATS = 9;

    /** Colours as red, green, blue and cover. */
    public static final float[] WHITE = {0.96f, 0.96f, 0.94f, 1};

    /** For what is less important. */
    public static final float[] PALE = {0.72f, 0.76f, 0.80f, 1};

    /** For what is chosen. */
    public static final float[] WARM = {1, 0.78f, 0.35f, 1};

    private static final float[] PLATE = {0.06f, 0.08f, 0.11f, 0.86f};

    private final Font font;
    private final int program;
    private final int array;
    private final int buffer;
    private float[] vertices = new float[0];
    private int used;
    private float halfWidth;
    private float halfHeight;
    private boolean changed;

    /** An empty sign whose objects belong to this scope. */
    public Sign(Resources resources) {
        font = new Font(resources);
        program = resources.program(VERTEX, FRAGMENT);
        array = resources.vertexArray();
        buffer = resources.buffer();
        glBindVertexArray(array);
        glBindBuffer(GL_ARRAY_BUFFER, buffer);
        attribute(0, 2, 0);
        attribute(1, 3, 2);
        attribute(2, 4, 5);
        glBindVertexArray(0);
    }

    private static void attribute(int at, int size, int from) {
        glEnableVertexAttribArray(at);
        glVertexAttribPointer(at, size, GL_FLOAT, false, FLOATS * Float.BYTES, (long) from * Float.BYTES);
    }

    /** Takes everything off and gives the plate this size, metres. */
    public Sign clear(float width, float height) {
        used = 0;
        halfWidth = width / 2;
        halfHeight = height / 2;
        quad(-halfWidth, -halfHeight, halfWidth, halfHeight, new float[] {0, 0, 0, 0}, 2, PLATE);
        return this;
    }

    /** A bar, from its left lower to its right upper corner. */
    public Sign bar(float left, float bottom, float right, float top, float[] colour) {
        quad(left, bottom, right, top, new float[] {0, 0, 0, 0}, 0, colour);
        return this;
    }

    /** A line of text with its middle at {@code x} and its base line at {@code y}; {@code size} is a line's height. */
    public Sign line(String text, float x, float y, float size, float[] colour) {
        float pen = x - font.length(text) * size / 2;
        for (int code : text.codePoints().toArray()) {
            Letters.Glyph g = font.glyph(code);
            if (g.u0() != g.u1()) {
                quad(
                        pen + g.left() * size,
                        y + g.bottom() * size,
                        pen + g.right() * size,
                        y + g.top() * size,
                        new float[] {g.u0(), g.v0(), g.u1(), g.v1()},
                        1,
                        colour);
            }
            pen += g.advance() * size;
        }
        return this;
    }

    /** Length of a line of this size, metres. */
    public float length(String text, float size) {
        return font.length(text) * size;
    }

    /** A text as lines of this size that are not longer than {@code width}, metres. */
    public List<String> wrapped(String text, float size, float width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" +")) {
            if (!line.isEmpty() && length(line + " " + word, size) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ");
            for (int code : word.codePoints().toArray()) {
                if (!line.isEmpty() && length(line + Character.toString(code), size) > width) {
                    lines.add(line.toString()); // a word longer than a line
                    line.setLength(0);
                }
                line.appendCodePoint(code);
            }
        }
        lines.add(line.toString());
        return lines;
    }

    private void quad(float l, float b, float r, float t, float[] uv, float kind, float[] colour) {
        vertex(l, b, uv[0], uv[1], kind, colour);
        vertex(r, b, uv[2], uv[1], kind, colour);
        vertex(r, t, uv[2], uv[3], kind, colour);
        vertex(l, b, uv[0], uv[1], kind, colour);
        vertex(r, t, uv[2], uv[3], kind, colour);
        vertex(l, t, uv[0], uv[3], kind, colour);
        changed = true;
    }

    private void vertex(float x, float y, float u, float v, float kind, float[] colour) {
        if (used + FLOATS > vertices.length) {
            vertices = Arrays.copyOf(vertices, Math.max(64 * FLOATS, 2 * vertices.length));
        }
        float[] all = {x, y, u, v, kind, colour[0], colour[1], colour[2], colour[3]};
        System.arraycopy(all, 0, vertices, used, FLOATS);
        used += FLOATS;
    }

    /** Draws it into the framebuffer that is bound, its middle at this place in the world, facing +z of the pose; strength from 0 to 1. */
    public void draw(View view, Pose at, float strength) {
        glBindVertexArray(array);
        if (changed) {
            glBindBuffer(GL_ARRAY_BUFFER, buffer);
            glBufferData(GL_ARRAY_BUFFER, Arrays.copyOf(vertices, used), GL_DYNAMIC_DRAW);
            changed = false;
        }
        Matrix4f toClip = new Matrix4f()
                .set(view.projection())
                .mul(new Matrix4f().set(view.view()))
                .translate(at.x(), at.y(), at.z())
                .rotate(new org.joml.Quaternionf(at.qx(), at.qy(), at.qz(), at.qw()));
        glDisable(GL_DEPTH_TEST);
        glDisable(GL_CULL_FACE);
        glDisable(GL_SCISSOR_TEST);
        glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
        glColorMask(true, true, true, true);
        glEnable(GL_BLEND);
        glBlendEquation(GL_FUNC_ADD);
        glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
        glUseProgram(program);
        glActiveTexture(GL_TEXTURE0);
        glBindTexture(GL_TEXTURE_2D, font.texture());
        glUniform1i(glGetUniformLocation(program, "letters"), 0);
        glUniform1f(glGetUniformLocation(program, "strength"), strength);
        glUniform2f(glGetUniformLocation(program, "plate"), halfWidth, halfHeight);
        glUniformMatrix4fv(glGetUniformLocation(program, "toClip"), false, toClip.get(new float[16]));
        glDrawArrays(GL_TRIANGLES, 0, used / FLOATS);
        glDisable(GL_BLEND);
        glBindVertexArray(0);
    }
}
