package org.anodyne.plugins.feedbackscreen;

import static org.lwjgl.opengl.GL33C.GL_COLOR_BUFFER_BIT;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLE_STRIP;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glClear;
import static org.lwjgl.opengl.GL33C.glClearColor;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glEnable;

import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Program;
import org.joml.Vector3f;

/** A sheet in front of the participant with the level on it, drawn by distance to shapes. Thread: the render thread. */
final class Picture {
    /** Half the sheet's side, and how far ahead it hangs, metres; all but the light lies within 20° of its middle. */
    private static final float HALF = 1.5f;

    private static final float AHEAD = 2.2f;
    private static final float[] BACKGROUND = {0.055f, 0.065f, 0.085f};

    private static final String VERTEX = """
            uniform mat4 toClip;
            uniform vec3 at;
            uniform float half_;
            out vec2 place;
            void main() {
                place = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
                gl_Position = toClip * vec4(at + half_ * vec3(place, 0.0), 1.0);
            }
            """;
    private static final String FRAGMENT = """
            in vec2 place;
            uniform float level;
            uniform float mark;
            uniform float glow;
            uniform int form;
            uniform int crossOnly;
            uniform int digits;
            uniform int count;
            out vec4 colour;
            const vec3 GROUND = vec3(0.055, 0.065, 0.085);
            const vec3 TROUGH = vec3(0.13, 0.15, 0.19);
            const vec3 FULL = vec3(0.33, 0.63, 0.78);
            const vec3 WARM = vec3(0.95, 0.76, 0.42);
            float box(vec2 p, vec2 size, float round_) {
                vec2 d = abs(p) - size + round_;
                return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0) - round_;
            }
            float cover(float d) {
                float w = fwidth(d) + 1e-5;
                return clamp(0.5 - d / w, 0.0, 1.0);
            }
            // Segments of a digit: top, upper left, upper right, middle, lower left, lower right, bottom.
            const int LIT[10] = int[10](119, 36, 93, 109, 46, 107, 123, 37, 127, 111);
            float digit(vec2 p, int n) {
                int s = LIT[n];
                float d = 9.0;
                if ((s & 1) != 0) d = min(d, box(p - vec2(0.0, 0.06), vec2(0.03, 0.008), 0.008));
                if ((s & 2) != 0) d = min(d, box(p - vec2(-0.034, 0.03), vec2(0.008, 0.026), 0.008));
                if ((s & 4) != 0) d = min(d, box(p - vec2(0.034, 0.03), vec2(0.008, 0.026), 0.008));
                if ((s & 8) != 0) d = min(d, box(p, vec2(0.03, 0.008), 0.008));
                if ((s & 16) != 0) d = min(d, box(p - vec2(-0.034, -0.03), vec2(0.008, 0.026), 0.008));
                if ((s & 32) != 0) d = min(d, box(p - vec2(0.034, -0.03), vec2(0.008, 0.026), 0.008));
                if ((s & 64) != 0) d = min(d, box(p - vec2(0.0, -0.06), vec2(0.03, 0.008), 0.008));
                return d;
            }
            float number(vec2 p, int n) {
                float d = digit(p - vec2(0.12, 0.0), n % 10);
                if (n > 9) d = min(d, digit(p, n / 10 % 10));
                if (n > 99) d = min(d, digit(p + vec2(0.12, 0.0), n / 100 % 10));
                return d;
            }
            void main() {
                vec3 c = GROUND;
                if (crossOnly == 1) {
                    float d = min(box(place, vec2(0.06, 0.008), 0.004), box(place, vec2(0.008, 0.06), 0.004));
                    colour = vec4(mix(c, vec3(0.62), cover(d)), 1.0);
                    return;
                }
                float outer, inside, line;
                float filled;
                if (form == 0) {
                    vec2 p = place - vec2(0.0, 0.02);
                    outer = box(p, vec2(0.13, 0.4), 0.05);
                    inside = box(p, vec2(0.115, 0.385), 0.038);
                    filled = step(p.y, -0.385 + 0.77 * level);
                    line = box(p - vec2(0.0, -0.385 + 0.77 * mark), vec2(0.19, 0.007), 0.004);
                } else {
                    vec2 p = place - vec2(0.0, 0.02);
                    float r = length(p);
                    outer = abs(r - 0.32) - 0.075;
                    inside = abs(r - 0.32) - 0.06;
                    float turn = fract(atan(p.x, p.y) / 6.2831853 + 1.0);
                    filled = step(turn, level);
                    float a = 6.2831853 * mark;
                    vec2 along = vec2(sin(a), cos(a));
                    line = box(vec2(dot(p, vec2(along.y, -along.x)), dot(p, along) - 0.32), vec2(0.007, 0.12), 0.004);
                }
                c += WARM * 0.32 * glow * exp(-7.0 * max(outer, 0.0));
                c = mix(c, TROUGH, cover(outer));
                vec3 full = mix(FULL, WARM, 0.8 * glow);
                c = mix(c, full, cover(inside) * filled);
                c = mix(c, vec3(0.86, 0.88, 0.92), cover(line));
                if (digits == 1) {
                    c = mix(c, vec3(0.62, 0.66, 0.72), cover(number(place - vec2(form == 0 ? 0.4 : -0.12, form == 0 ? -0.3 : 0.02), count)));
                }
                colour = vec4(c, 1.0);
            }
            """;

    private final boolean ring;
    private final float mark;
    private final boolean counter;
    private Program program;
    private int nothing;

    Picture(boolean ring, float mark, boolean counter) {
        this.ring = ring;
        this.mark = mark;
        this.counter = counter;
    }

    void begin(Resources resources) {
        program = new Program(resources, VERTEX, FRAGMENT);
        nothing = resources.vertexArray();
    }

    /**
     * Draws the whole view.
     *
     * @param height of the middle, metres
     */
    void draw(Eye eye, float height, float level, float glow, int count, boolean cross) {
        glClearColor(BACKGROUND[0], BACKGROUND[1], BACKGROUND[2], 1);
        glClear(GL_COLOR_BUFFER_BIT);
        glDisable(GL_DEPTH_TEST);
        glDisable(GL_CULL_FACE);
        program.use()
                .set("toClip", eye.toClip())
                .set("at", new Vector3f(0, height, -AHEAD))
                .set("half_", HALF)
                .set("level", level)
                .set("mark", mark)
                .set("glow", glow)
                .set("form", ring ? 1 : 0)
                .set("crossOnly", cross ? 1 : 0)
                .set("digits", counter ? 1 : 0)
                .set("count", Math.min(count, 999));
        glBindVertexArray(nothing);
        glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
        glEnable(GL_DEPTH_TEST);
    }
}
