package org.anodyne.plugins.attentiontask;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_ONE;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLE_STRIP;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glEnable;

import org.anodyne.plugin.scene.Resources;
import org.anodyne.scenery.Eye;
import org.anodyne.scenery.Program;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/** The face of the stone: a ring that is always faintly there, and the symbol that shines in it. Thread: the render thread. */
final class Sign {
    private static final String VERTEX = """
            uniform mat4 toClip;
            uniform vec3 at;
            uniform float size;
            out vec2 place;
            void main() {
                place = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
                vec3 p = at + size * vec3(place, 0.0);
                gl_Position = toClip * vec4(p, 1.0);
            }
            """;
    private static final String FRAGMENT = """
            in vec2 place;
            uniform int symbol;
            uniform float shine;
            uniform float ring;
            uniform vec3 light;
            out vec4 colour;
            float along(vec2 p, vec2 a, vec2 b) {
                vec2 d = b - a;
                return length(p - a - d * clamp(dot(p - a, d) / dot(d, d), 0.0, 1.0));
            }
            vec2 corner(float turns, float radius) {
                return radius * vec2(sin(6.2831853 * turns), cos(6.2831853 * turns));
            }
            float drawn(vec2 p) {
                if (symbol == 0) {
                    return abs(length(p) - 0.40) - 0.055;
                }
                if (symbol == 1) {
                    vec2 q = p + vec2(0.0, 0.08);
                    vec2 a = corner(0.0, 0.52);
                    vec2 b = corner(1.0 / 3.0, 0.52);
                    vec2 c = corner(2.0 / 3.0, 0.52);
                    return min(along(q, a, b), min(along(q, b, c), along(q, c, a))) - 0.055;
                }
                if (symbol == 2) {
                    return abs(max(abs(p.x), abs(p.y)) - 0.37) - 0.055;
                }
                if (symbol == 3) {
                    float d = 9.0;
                    for (int i = 0; i < 5; i++) {
                        float t = float(i) / 5.0;
                        d = min(d, along(p, corner(t, 0.54), corner(t + 0.1, 0.22)));
                        d = min(d, along(p, corner(t, 0.54), corner(t - 0.1, 0.22)));
                    }
                    return d - 0.05;
                }
                if (symbol == 4) {
                    return max(length(p + vec2(0.06, 0.0)) - 0.50, 0.40 - length(p - vec2(0.16, 0.10)));
                }
                if (symbol == 5) {
                    float d = min(abs(p.y - 0.17 - 0.12 * sin(7.0 * p.x)), abs(p.y + 0.17 - 0.12 * sin(7.0 * p.x)));
                    return max(0.8 * d - 0.05, abs(p.x) - 0.52);
                }
                if (symbol == 6) {
                    float rim = max(length(p - vec2(0.30, 0.0)), length(p + vec2(0.30, 0.0))) - 0.60;
                    return min(abs(rim) - 0.045, along(p, vec2(0.0, -0.62), vec2(0.0, 0.22)) - 0.04);
                }
                return min(max(abs(p.x) - 0.085, abs(p.y) - 0.50), max(abs(p.y) - 0.085, abs(p.x) - 0.50));
            }
            void main() {
                float r = length(place);
                float border = abs(r - 0.80);
                float faint = smoothstep(0.03, 0.008, border) + 0.35 * exp(-18.0 * border);
                float d = drawn(place);
                float full = smoothstep(0.012, -0.012, d);
                float halo = exp(-9.0 * max(d, 0.0)) * (1.0 - smoothstep(0.6, 1.0, r));
                vec3 c = light * (ring * faint + shine * (0.75 * full + 0.38 * halo));
                c += vec3(0.35) * shine * full;
                colour = vec4(c, 0.0);
            }
            """;

    private Program program;
    private int nothing;

    void begin(Resources resources) {
        program = new Program(resources, VERTEX, FRAGMENT);
        nothing = resources.vertexArray();
    }

    /**
     * Draws it over the stone.
     *
     * @param size half its side, metres
     * @param shine of the symbol, 0 for none to 1
     * @param ring of the ring, 0 to 1
     */
    void draw(Eye eye, Vector3fc at, float size, Symbol symbol, float shine, float ring, Vector3f light) {
        glEnable(GL_DEPTH_TEST);
        glDepthMask(false);
        glDisable(GL_CULL_FACE);
        glEnable(GL_BLEND);
        glBlendFunc(GL_ONE, GL_ONE);
        program.use()
                .set("toClip", eye.toClip())
                .set("at", at)
                .set("size", size)
                .set("symbol", symbol.ordinal())
                .set("shine", shine)
                .set("ring", ring)
                .set("light", light);
        glBindVertexArray(nothing);
        glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
        glDisable(GL_BLEND);
        glDepthMask(true);
    }
}
