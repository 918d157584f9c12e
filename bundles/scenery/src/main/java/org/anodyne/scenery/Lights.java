package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_ARRAY_BUFFER;
import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_DYNAMIC_DRAW;
import static org.lwjgl.opengl.GL33C.GL_FLOAT;
import static org.lwjgl.opengl.GL33C.GL_ONE;
import static org.lwjgl.opengl.GL33C.GL_POINTS;
import static org.lwjgl.opengl.GL33C.GL_PROGRAM_POINT_SIZE;
import static org.lwjgl.opengl.GL33C.glBindBuffer;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glBufferData;
import static org.lwjgl.opengl.GL33C.glDepthMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glEnable;
import static org.lwjgl.opengl.GL33C.glEnableVertexAttribArray;
import static org.lwjgl.opengl.GL33C.glVertexAttribPointer;

import java.util.Arrays;
import org.anodyne.plugin.scene.Resources;
import org.joml.Vector3f;
import org.joml.Vector3fc;

/**
 * Small lights that stay where they are put: lanterns, glow-worms, crystals; a bright middle in a soft halo, and their image in
 * calm water at height 0. Each swells and fades slowly on its own, by a tenth. Filled on any thread before {@link #begin}, else
 * on the render thread.
 */
public final class Lights {
    private static final int PARTS = 8;
    private static final String VERTEX = Air.GLSL + """
            layout(location = 0) in vec4 light;    // place, metres across
            layout(location = 1) in vec4 look;     // colour, phase
            uniform mat4 toClip;
            uniform vec3 offset;
            uniform float strength;
            uniform float time;
            uniform float pixels;
            uniform int mirrored;
            out vec3 glow;
            void main() {
                vec3 p = light.xyz + offset;
                float above = smoothstep(0.0, 0.12, p.y);
                float swell = 0.9 + 0.1 * sin(time * (0.5 + 0.4 * fract(look.w * 7.3)) + 6.283 * look.w);
                float away = length(p - eye);
                if (mirrored == 1) {
                    p.y = -p.y;
                    p.x += 0.006 * away * sin(time * 0.9 + 5.0 * look.w + p.z);
                }
                float clear = exp(-0.7 * hazeWay.x * away);
                gl_Position = toClip * vec4(p, 1.0);
                float apart = gl_Position.w;
                // Of what looks small moving water shows no image; drawn, it were streaks like sleet.
                above *= mirrored == 1 ? smoothstep(5.0, 14.0, 2.2 * light.w * pixels / max(apart, 0.1)) : 1.0;
                glow = look.rgb * strength * swell * above * clear;
                if (mirrored == 1) {
                    // The image is seen where the ray meets the water, nearer by as much as it is long: what stands before it
                    // hides it, waves do not.
                    float part = 0.62 * eye.y / max(eye.y - p.y, 0.01);
                    gl_Position = toClip * vec4(eye + (p - eye) * part, 1.0);
                }
                if (max(glow.r, max(glow.g, glow.b)) < 0.004) {
                    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
                }
                gl_PointSize = clamp((mirrored == 1 ? 2.2 : 1.0) * light.w * pixels / apart, 2.0, 160.0);
            }
            """;
    private static final String FRAGMENT = """
            in vec3 glow;
            uniform int mirrored;
            out vec4 colour;
            void main() {
                vec2 at = 2.0 * gl_PointCoord - 1.0;
                if (mirrored == 1) {
                    at.x *= 2.6;
                }
                float r = dot(at, at);
                float f = max(0.0, 1.0 - r);
                float heart = mirrored == 1 ? 0.0 : smoothstep(0.05, 0.0, r);
                colour = vec4(glow * (0.42 * f * f * f + 0.9 * heart) + vec3(0.55 * heart * max(glow.r, glow.b)), 0.0);
            }
            """;

    private float[] all = new float[32 * PARTS];
    private int count;
    private boolean changed;
    private Program program;
    private int array;
    private int buffer;

    /**
     * One more.
     *
     * @param across of its halo, metres
     * @param phase where in its swelling it begins, 0 to 1
     */
    public Lights add(float x, float y, float z, float across, Vector3fc colour, float phase) {
        if ((count + 1) * PARTS > all.length) {
            all = Arrays.copyOf(all, 2 * all.length);
        }
        count++;
        return put(count - 1, x, y, z, across, colour, phase);
    }

    /** Changes one, numbered from 0 in the order of adding. */
    public Lights put(int number, float x, float y, float z, float across, Vector3fc colour, float phase) {
        if (number < 0 || number >= count) {
            throw new IndexOutOfBoundsException("there is no light " + number + " of " + count);
        }
        float[] one = {x, y, z, across, colour.x(), colour.y(), colour.z(), phase};
        System.arraycopy(one, 0, all, number * PARTS, PARTS);
        changed = true;
        return this;
    }

    /** Takes all away. */
    public void clear() {
        count = 0;
        changed = true;
    }

    /** How many there are. */
    public int count() {
        return count;
    }

    /** Place of one, a new vector. */
    public Vector3f place(int number) {
        return new Vector3f(all[number * PARTS], all[number * PARTS + 1], all[number * PARTS + 2]);
    }

    /** Colour of one, a new vector. */
    public Vector3f colourOf(int number) {
        return new Vector3f(all[number * PARTS + 4], all[number * PARTS + 5], all[number * PARTS + 6]);
    }

    /** Makes the program. */
    public void begin(Resources resources) {
        program = new Program(resources, VERTEX, FRAGMENT);
        array = resources.vertexArray();
        buffer = resources.buffer();
        glBindVertexArray(array);
        glBindBuffer(GL_ARRAY_BUFFER, buffer);
        glVertexAttribPointer(0, 4, GL_FLOAT, false, 4 * PARTS, 0);
        glVertexAttribPointer(1, 4, GL_FLOAT, false, 4 * PARTS, 16);
        glEnableVertexAttribArray(0);
        glEnableVertexAttribArray(1);
        glBindVertexArray(0);
        changed = true;
    }

    /** Draws them, moved by this, over what is there; those below height 0 are left out. {@code strength} 0 to 1. */
    public void draw(Eye eye, Air air, Vector3fc offset, float strength) {
        draw(eye, air, offset, strength, 0);
    }

    /** Draws their image in calm water at height 0, over the water and what stands in it. */
    public void drawMirrored(Eye eye, Air air, Vector3fc offset, float strength) {
        draw(eye, air, offset, strength, 1);
    }

    private void draw(Eye eye, Air air, Vector3fc offset, float strength, int mirrored) {
        if (count == 0 || strength <= 0) {
            return;
        }
        glBindVertexArray(array);
        if (changed) {
            glBindBuffer(GL_ARRAY_BUFFER, buffer);
            glBufferData(GL_ARRAY_BUFFER, Arrays.copyOf(all, count * PARTS), GL_DYNAMIC_DRAW);
            changed = false;
        }
        glEnable(GL_DEPTH_TEST);
        glDepthMask(false);
        glEnable(GL_BLEND);
        glBlendFunc(GL_ONE, GL_ONE);
        glEnable(GL_PROGRAM_POINT_SIZE);
        air.into(program.use(), eye);
        program.set("offset", offset)
                .set("strength", strength)
                .set("pixels", eye.pixelsPerMetre())
                .set("mirrored", mirrored);
        glDrawArrays(GL_POINTS, 0, count);
        glDisable(GL_BLEND);
        glDepthMask(true);
    }
}
