package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_ONE;
import static org.lwjgl.opengl.GL33C.GL_ONE_MINUS_SRC_ALPHA;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLE_STRIP;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glEnable;

import org.anodyne.plugin.scene.Resources;
import org.joml.Vector3fc;

/**
 * A calm round light that faces the eye: a soft ball with petals of light around it, as a guide for breathing, a lantern or a
 * goal. Its brightness changes only with its size, so that it never flashes. Thread: the render thread.
 */
public final class Glow {
    private static final String VERTEX = Air.GLSL + """
            uniform mat4 toClip;
            uniform vec3 at;
            uniform float radius;
            out vec2 place;
            out float clear;
            void main() {
                vec2 corner = vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0;
                vec3 to = normalize(at - eye);
                vec3 right = normalize(cross(to, vec3(0.0, 1.0, 0.0)));
                vec3 up = cross(right, to);
                place = corner * 2.4;
                clear = exp(-0.5 * hazeWay.x * length(at - eye));
                gl_Position = toClip * vec4(at + (right * place.x + up * place.y) * radius, 1.0);
            }
            """;
    private static final String FRAGMENT = """
            in vec2 place;
            in float clear;
            uniform vec3 core;
            uniform vec3 rim;
            uniform float strength;
            uniform float petals;
            uniform float turn;
            out vec4 colour;
            void main() {
                float r = length(place);
                float angle = atan(place.y, place.x);
                float wave = 1.0 + 0.10 * petals * cos(6.0 * angle + turn) + 0.05 * petals * cos(6.0 * angle - 2.0 * turn);
                float q = r / wave;
                float ball = smoothstep(1.05, 0.55, q);
                float light = 0.60 + 0.40 * smoothstep(1.1, 0.1, length(place - vec2(-0.25, 0.3)));
                float edge = smoothstep(0.45, 0.95, q) * ball;
                float halo = max(0.0, 1.0 - r / 2.4);
                halo *= halo;
                vec3 c = mix(core, rim, clamp(0.85 * q * q, 0.0, 1.0)) * (0.78 + 0.3 * light) + edge * 0.12 * core;
                float a = ball * 0.80 * strength * clear;
                float h = halo * 0.8 * strength * clear;
                colour = vec4(c * a + rim * h * (1.0 - a), a + 0.15 * h);
            }
            """;

    private Program program;
    private int nothing;

    /** Makes the program. */
    public void begin(Resources resources) {
        program = new Program(resources, VERTEX, FRAGMENT);
        nothing = resources.vertexArray();
    }

    /**
     * Draws one over what is there.
     *
     * @param radius of its ball, metres
     * @param core colour of its middle
     * @param rim colour of its edge and halo
     * @param strength 0 not there to 1
     * @param petals 0 round to 1 with six petals
     */
    public void draw(
            Eye eye, Air air, Vector3fc at, float radius, Vector3fc core, Vector3fc rim, float strength, float petals) {
        if (strength <= 0) {
            return;
        }
        glEnable(GL_DEPTH_TEST);
        glDepthMask(false);
        glEnable(GL_BLEND);
        glBlendFunc(GL_ONE, GL_ONE_MINUS_SRC_ALPHA);
        air.into(program.use(), eye);
        program.set("at", at)
                .set("radius", radius)
                .set("core", core)
                .set("rim", rim)
                .set("strength", strength)
                .set("petals", petals)
                .set("turn", 0.12f * air.time);
        glBindVertexArray(nothing);
        glDrawArrays(GL_TRIANGLE_STRIP, 0, 4);
        glDisable(GL_BLEND);
        glDepthMask(true);
    }
}
