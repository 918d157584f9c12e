package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_ONE;
import static org.lwjgl.opengl.GL33C.GL_ONE_MINUS_SRC_ALPHA;
import static org.lwjgl.opengl.GL33C.GL_POINTS;
import static org.lwjgl.opengl.GL33C.GL_PROGRAM_POINT_SIZE;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glEnable;

import org.anodyne.plugin.scene.Resources;
import org.joml.Vector3f;

/**
 * Many small things in the air, in a box that goes on for ever: what leaves it on one side comes back on the other. Where each
 * is follows from its number and the time alone. Thread: the render thread.
 */
public final class Particles {
    /** What they are. */
    public enum Kind {
        /** Lights that wander slowly and come and go. */
        FIREFLIES,
        /** Leaves of blossom that tumble down. */
        PETALS,
        /** Flakes that sink. */
        SNOW,
        /** Drops that fall fast. */
        RAIN,
        /** Dust in the light, or plankton. */
        MOTES,
        /** Large soft clouds near the ground. */
        MIST
    }

    private static final String VERTEX = Air.GLSL + """
            uniform mat4 toClip;
            uniform vec4 wind;
            uniform float time;
            uniform vec3 boxMiddle;
            uniform vec3 boxHalf;
            uniform int kind;
            uniform float part;      // how many of them are there
            uniform float count;
            uniform float pixels;
            uniform float size;
            uniform vec3 tint;
            uniform float salt;
            out vec4 look;
            float hash(float n) { return fract(sin(n * 12.9898 + salt) * 43758.5453); }
            void main() {
                float i = float(gl_VertexID);
                vec3 a = vec3(hash(i + 1.0), hash(i + 171.3), hash(i + 513.7));
                float b = hash(i + 91.1);
                vec3 p = a * 2.0 * boxHalf;
                float bright = 1.0;
                float s = size * (0.6 + 0.8 * b);
                if (kind == 0) {
                    p += vec3(sin(time * (0.21 + 0.2 * b) + 40.0 * a.x), 0.5 * sin(time * (0.33 + 0.1 * a.x) + 40.0 * b),
                            cos(time * (0.17 + 0.2 * a.y) + 40.0 * a.z)) * 1.4;
                    bright = smoothstep(-0.1, 0.9, sin(time * (0.7 + 0.6 * a.y) + 60.0 * b));
                } else if (kind == 1) {
                    p += vec3(wind.x, 0.0, wind.y) * wind.w * 0.7 + vec3(0.0, -time * (0.35 + 0.3 * b), 0.0);
                    p += 0.3 * vec3(sin(time * 1.3 + 40.0 * b), 0.0, cos(time * 1.1 + 40.0 * a.x));
                    bright = 0.75 + 0.25 * sin(time * 3.0 + 40.0 * b);
                } else if (kind == 2) {
                    p += vec3(wind.x, 0.0, wind.y) * wind.w * 0.6 + vec3(0.0, -time * (0.7 + 0.5 * b), 0.0);
                    p += 0.25 * vec3(sin(time * 0.9 + 40.0 * b), 0.0, cos(time * 0.8 + 40.0 * a.x));
                } else if (kind == 3) {
                    p += vec3(wind.x, 0.0, wind.y) * wind.w + vec3(0.0, -time * (7.0 + 2.0 * b), 0.0);
                } else if (kind == 4) {
                    p += 0.5 * vec3(sin(time * 0.2 + 40.0 * b), sin(time * 0.23 + 40.0 * a.x), cos(time * 0.19 + 40.0 * a.y));
                    bright = 0.6 + 0.4 * sin(time * 0.9 + 50.0 * b);
                } else {
                    p += vec3(wind.x, 0.0, wind.y) * wind.w * 0.25;
                }
                vec3 low = boxMiddle - boxHalf;
                p = low + mod(p - low, 2.0 * boxHalf);
                vec3 off = abs(p - boxMiddle) / boxHalf;
                float inside = 1.0 - smoothstep(0.75, 1.0, max(off.x, off.z));
                inside *= 1.0 - smoothstep(0.85, 1.0, off.y);
                float there = 1.0 - smoothstep(part - 0.03, part, i / count);
                float away = length(p - eye);
                float thin = exp(-hazeWay.x * away);
                float near = smoothstep(0.3, kind == 5 ? 7.0 : 1.0, away);
                look = vec4(tint, bright * inside * there * thin * near);
                gl_Position = look.a < 0.004 ? vec4(2.0, 2.0, 2.0, 1.0) : toClip * vec4(p, 1.0);
                gl_PointSize = clamp(s * pixels / gl_Position.w, kind == 0 ? 2.5 : 1.5, 220.0);
            }
            """;
    private static final String FRAGMENT = """
            in vec4 look;
            uniform int kind;
            out vec4 colour;
            void main() {
                vec2 at = 2.0 * gl_PointCoord - 1.0;
                float r = dot(at, at);
                float a;
                if (kind == 0) {
                    float f = max(0.0, 1.0 - r);
                    a = look.a * (0.45 * f * f + 1.2 * smoothstep(0.10, 0.0, r));
                    colour = vec4(look.rgb * a + vec3(0.6 * look.a * smoothstep(0.05, 0.0, r)), 0.0);
                    return;
                }
                if (kind == 3) {
                    a = look.a * smoothstep(1.0, 0.0, abs(at.x) * 9.0) * (1.0 - at.y * at.y);
                } else if (kind == 1) {
                    a = look.a * smoothstep(1.0, 0.8, at.x * at.x + 2.2 * at.y * at.y);
                } else {
                    float f = max(0.0, 1.0 - r);
                    a = look.a * f * f * (kind == 5 ? 0.10 : 0.9);
                }
                colour = vec4(look.rgb * a, a);
            }
            """;

    private final Kind kind;
    private final int count;
    private final float salt;
    /** Middle of the box, metres. */
    public final Vector3f middle = new Vector3f();
    /** Half the lengths of the box, metres. */
    public final Vector3f half = new Vector3f(10, 3, 10);
    /** Colour, of the screen, in full light; lights keep it. */
    public final Vector3f tint = new Vector3f(1);
    /** Metres across. */
    public float size;

    private Program program;
    private int nothing;

    /**
     * Of a kind, in its usual colour and size.
     *
     * @param count how many there are at most
     */
    public Particles(Kind kind, int count, long seed) {
        this.kind = kind;
        this.count = count;
        this.salt = Math.floorMod(seed, 1000) * 0.01f;
        switch (kind) {
            case FIREFLIES -> set(0.22f, 0xd8ff7a);
            case PETALS -> set(0.05f, 0xffc4d4);
            case SNOW -> set(0.045f, 0xffffff);
            case RAIN -> set(0.35f, 0xc8d4e0);
            case MOTES -> set(0.03f, 0xfff0cc);
            case MIST -> set(7, 0xffffff);
        }
    }

    private void set(float metres, int rgb) {
        size = metres;
        tint.set(Colours.of(rgb));
    }

    /** Makes the program. */
    public void begin(Resources resources) {
        program = new Program(resources, VERTEX, FRAGMENT);
        nothing = resources.vertexArray();
    }

    /**
     * Draws them over what is there.
     *
     * @param part how many of them, 0 to 1
     */
    public void draw(Eye eye, Air air, float part) {
        if (part <= 0) {
            return;
        }
        glEnable(GL_DEPTH_TEST);
        glDepthMask(false);
        glEnable(GL_BLEND);
        glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
        glEnable(GL_PROGRAM_POINT_SIZE);
        air.into(program.use(), eye);
        Vector3f colour = new Vector3f(tint);
        if (kind != Kind.FIREFLIES) {
            Vector3f light = new Vector3f(air.skyLight).fma(0.5f, air.sunLight);
            colour.mul((float) Math.sqrt(Math.min(1, light.x)), (float) Math.sqrt(Math.min(1, light.y)), (float)
                    Math.sqrt(Math.min(1, light.z)));
        }
        program.set("boxMiddle", middle)
                .set("boxHalf", half)
                .set("kind", kind.ordinal())
                .set("part", part * 1.03f)
                .set("count", (float) count)
                .set("pixels", eye.pixelsPerMetre())
                .set("size", size)
                .set("tint", colour)
                .set("salt", salt);
        glBindVertexArray(nothing);
        glDrawArrays(GL_POINTS, 0, Math.min(count, (int) Math.ceil(count * Math.min(1, part * 1.03f))));
        glDisable(GL_BLEND);
        glDepthMask(true);
    }
}
