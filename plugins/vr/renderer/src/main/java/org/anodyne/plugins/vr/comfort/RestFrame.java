package org.anodyne.plugins.vr.comfort;

import static org.lwjgl.opengl.GL33C.GL_BLEND;
import static org.lwjgl.opengl.GL33C.GL_CULL_FACE;
import static org.lwjgl.opengl.GL33C.GL_DEPTH_TEST;
import static org.lwjgl.opengl.GL33C.GL_FILL;
import static org.lwjgl.opengl.GL33C.GL_FRONT_AND_BACK;
import static org.lwjgl.opengl.GL33C.GL_FUNC_ADD;
import static org.lwjgl.opengl.GL33C.GL_ONE_MINUS_SRC_ALPHA;
import static org.lwjgl.opengl.GL33C.GL_SCISSOR_TEST;
import static org.lwjgl.opengl.GL33C.GL_SRC_ALPHA;
import static org.lwjgl.opengl.GL33C.GL_TRIANGLES;
import static org.lwjgl.opengl.GL33C.glBindVertexArray;
import static org.lwjgl.opengl.GL33C.glBlendEquation;
import static org.lwjgl.opengl.GL33C.glBlendFunc;
import static org.lwjgl.opengl.GL33C.glColorMask;
import static org.lwjgl.opengl.GL33C.glDisable;
import static org.lwjgl.opengl.GL33C.glDrawArrays;
import static org.lwjgl.opengl.GL33C.glEnable;
import static org.lwjgl.opengl.GL33C.glGetUniformLocation;
import static org.lwjgl.opengl.GL33C.glPolygonMode;
import static org.lwjgl.opengl.GL33C.glUniform1f;
import static org.lwjgl.opengl.GL33C.glUniform3fv;
import static org.lwjgl.opengl.GL33C.glUniformMatrix4fv;
import static org.lwjgl.opengl.GL33C.glUseProgram;

import org.anodyne.plugin.scene.Resources;
import org.anodyne.plugin.scene.View;
import org.joml.Matrix4f;

/**
 * A faint horizon with marks that stands still in the participant's room while the world moves past it, as something to hold
 * on to with the eyes. Seen only while the floor moves or turns. Thread: the render thread.
 */
public final class RestFrame {
    private static final String VERTEX = """
            #version 330 core
            uniform mat4 inverse;
            uniform vec3 eye;
            out vec3 direction;
            void main() {
                vec2 at = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
                gl_Position = vec4(at, 0.0, 1.0);
                vec4 far = inverse * vec4(at, 1.0, 1.0);
                direction = far.xyz / far.w - eye;
            }
            """;
    /** Degrees throughout: a line at eye height, a short mark each 10 and a longer one each 30. */
    private static final String FRAGMENT = """
            #version 330 core
            in vec3 direction;
            uniform float heading;
            uniform float strength;
            out vec4 colour;
            float line(float away, float thick, float w) {
                return 1.0 - smoothstep(thick, thick + w, abs(away));
            }
            void main() {
                vec3 d = normalize(direction);
                float up = degrees(asin(clamp(d.y, -1.0, 1.0)));
                float around = degrees(atan(d.x, -d.z)) - heading;
                float ten = (fract(around / 10.0 + 0.5) - 0.5) * 10.0;
                float thirty = (fract(around / 30.0 + 0.5) - 0.5) * 30.0;
                float w = fwidth(up);
                float within = 1.0 - smoothstep(0.8, 0.9, abs(up));
                float further = 1.0 - smoothstep(2.4, 2.5, abs(up));
                float bright = max(line(up, 0.06, w), max(line(ten, 0.06, w) * within, line(thirty, 0.06, w) * further));
                float dark = max(line(up, 0.18, w), max(line(ten, 0.18, w) * within, line(thirty, 0.18, w) * further));
                float cover = max(bright * 0.55, dark * 0.25) * strength;
                colour = vec4(vec3(bright), cover);
            }
            """;

    /** Speeds from which on it is seen. */
    private static final float MOVING = 0.05f;

    private static final float FADE_SECONDS = 0.5f;
    private static final float CHANGE = 1e-3f;

    private final int program;
    private final int corners;
    private float strength;

    /** Makes its program in this scope. */
    public RestFrame(Resources resources) {
        program = resources.program(VERTEX, FRAGMENT);
        corners = resources.vertexArray();
    }

    /** Goes on by so many seconds. */
    public void advance(float seconds, RigControl rig) {
        float step = seconds / FADE_SECONDS;
        boolean seen = rig.speed() > MOVING || rig.turnSpeed() > 0;
        strength = Math.max(0, Math.min(1, strength + (seen ? step : -step)));
    }

    /** Draws it over what is in the framebuffer that is bound. */
    public void draw(View view, RigControl rig) {
        if (strength < CHANGE) {
            return;
        }
        Matrix4f inverse = new Matrix4f()
                .set(view.projection())
                .mul(new Matrix4f().set(view.view()))
                .invert();
        glDisable(GL_DEPTH_TEST);
        glDisable(GL_CULL_FACE);
        glDisable(GL_SCISSOR_TEST);
        glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
        glColorMask(true, true, true, true);
        glEnable(GL_BLEND);
        glBlendEquation(GL_FUNC_ADD);
        glBlendFunc(GL_SRC_ALPHA, GL_ONE_MINUS_SRC_ALPHA);
        glUseProgram(program);
        glUniformMatrix4fv(glGetUniformLocation(program, "inverse"), false, inverse.get(new float[16]));
        glUniform3fv(glGetUniformLocation(program, "eye"), view.position());
        glUniform1f(glGetUniformLocation(program, "heading"), rig.heading());
        glUniform1f(glGetUniformLocation(program, "strength"), strength);
        glBindVertexArray(corners);
        glDrawArrays(GL_TRIANGLES, 0, 3);
        glBindVertexArray(0);
        glDisable(GL_BLEND);
    }
}
