package org.anodyne.plugins.vr;

import static org.lwjgl.opengl.GL33C.*;

import org.anodyne.plugin.scene.Frame;
import org.anodyne.plugin.scene.SceneProgram;
import org.anodyne.plugin.scene.Stage;
import org.anodyne.plugin.scene.View;

/** What is seen while no scene is there: a quiet floor under a quiet sky, with a horizon to rest on. */
final class NeutralWorld implements SceneProgram {
    private static final String VERTEX = """
            #version 330 core
            uniform mat4 inverse;
            out vec3 direction;
            void main() {
                vec2 at = vec2(gl_VertexID == 1 ? 3.0 : -1.0, gl_VertexID == 2 ? 3.0 : -1.0);
                gl_Position = vec4(at, 0.0, 1.0);
                vec4 far = inverse * vec4(at, 1.0, 1.0);
                direction = far.xyz / far.w;
            }
            """;
    private static final String FRAGMENT = """
            #version 330 core
            in vec3 direction;
            uniform vec3 eye;
            out vec4 colour;
            void main() {
                vec3 d = normalize(direction - eye);
                vec3 horizon = vec3(0.62, 0.66, 0.69);
                vec3 c;
                if (d.y > 0.0) {
                    c = mix(horizon, vec3(0.36, 0.43, 0.51), 1.0 - exp(-3.0 * d.y));
                } else {
                    vec2 floor = eye.xz - d.xz * eye.y / min(d.y, -0.001);
                    float away = length(floor - eye.xz);
                    vec2 line = abs(fract(floor) - 0.5);
                    vec2 width = fwidth(floor);
                    vec2 strength = smoothstep(0.5 - 1.5 * width - 0.01, vec2(0.5), line);
                    float grid = max(strength.x, strength.y) * exp(-0.12 * away);
                    c = mix(vec3(0.47, 0.48, 0.48) - 0.08 * grid, horizon, 1.0 - exp(-0.06 * away));
                }
                colour = vec4(c, 1.0);
            }
            """;

    private int program;
    private int corners;

    @Override
    public void begin(Stage stage) {
        program = stage.resources().program(VERTEX, FRAGMENT);
        corners = stage.resources().vertexArray();
    }

    @Override
    public void advance(Frame frame) {
        // Nothing moves.
    }

    @Override
    public void draw(View view) {
        org.joml.Matrix4f inverse = new org.joml.Matrix4f()
                .set(view.projection())
                .mul(new org.joml.Matrix4f().set(view.view()))
                .invert();
        glDisable(GL_DEPTH_TEST);
        glUseProgram(program);
        glUniformMatrix4fv(glGetUniformLocation(program, "inverse"), false, inverse.get(new float[16]));
        glUniform3fv(glGetUniformLocation(program, "eye"), view.position());
        glBindVertexArray(corners);
        glDrawArrays(GL_TRIANGLES, 0, 3);
        glEnable(GL_DEPTH_TEST);
    }

    @Override
    public void close() {
        // The display's scope deletes what it made.
    }
}
