package org.anodyne.plugins.vr.gl;

import static org.lwjgl.opengl.GL33C.*;

import org.anodyne.plugin.scene.Resources;

/**
 * Lays one eye's picture onto the surface and over it what the display adds: darkness while worlds change, the dark edge while
 * turning, the photodiode patch. Thread: the render thread.
 */
public final class Compositor {
    private static final String VERTEX = """
            #version 330 core
            out vec2 at;
            void main() {
                at = vec2(gl_VertexID == 1 ? 2.0 : 0.0, gl_VertexID == 2 ? 2.0 : 0.0);
                gl_Position = vec4(at * 2.0 - 1.0, 0.0, 1.0);
            }
            """;
    private static final String FRAGMENT = """
            #version 330 core
            const int TAPS = %d;
            in vec2 at;
            out vec4 colour;
            uniform sampler2D picture;
            uniform float light;      // 0 dark, 1 as drawn
            uniform float opening;    // radius of what stays bright, 1 reaches the corner
            uniform vec4 patch;       // of the photodiode: left, bottom, right, top in parts of the picture
            uniform float patchLight; // 0 or 1; negative for none
            void main() {
                vec3 c = vec3(0.0);
                vec2 pixel = fwidth(at);
                for (int y = 0; y < TAPS; y++) {
                    for (int x = 0; x < TAPS; x++) {
                        c += texture(picture, at + ((vec2(x, y) + 0.5) / float(TAPS) - 0.5) * pixel).rgb;
                    }
                }
                c *= light / float(TAPS * TAPS);
                float r = length(at - 0.5) / 0.7071;
                c *= 1.0 - smoothstep(opening - 0.15, opening + 0.05, r) * step(opening, 0.999);
                if (patchLight >= 0.0 && at.x > patch.x && at.x < patch.z && at.y > patch.y && at.y < patch.w) {
                    c = vec3(patchLight);
                }
                colour = vec4(c, 1.0);
            }
            """;

    private final int program;
    private final int corners;

    /** What is added to a picture. @param opening 1 for no dark edge @param patchLight negative for no patch */
    public record Overlay(float light, float opening, float patchLight) {}

    private static final float PATCH_PARTS = 0.08f;
    /** As in the shader: from this opening on there is no dark edge. */
    private static final float WHOLE = 0.999f;

    /** One that lays pictures onto surfaces of their size; its program belongs to this scope. */
    public Compositor(Resources resources) {
        this(resources, 1);
    }

    /** @param taps of how many places across and down a pixel is the mean, each the mean of up to four pixels of the picture */
    public Compositor(Resources resources, int taps) {
        program = resources.program(VERTEX, FRAGMENT.formatted(taps));
        corners = resources.vertexArray();
    }

    /** Draws the picture onto a framebuffer of this size. */
    public void draw(Target picture, int framebuffer, int width, int height, Overlay overlay) {
        glDisable(GL_SCISSOR_TEST);
        glColorMask(true, true, true, true);
        boolean sameSize = picture.width() == width && picture.height() == height;
        if (sameSize && overlay.light() == 1 && overlay.opening() >= WHOLE) {
            copy(picture, framebuffer, overlay.patchLight());
            return;
        }
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
        glViewport(0, 0, width, height);
        glDisable(GL_DEPTH_TEST);
        glDisable(GL_BLEND);
        glDisable(GL_CULL_FACE);
        glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
        glUseProgram(program);
        glActiveTexture(GL_TEXTURE0);
        glBindTexture(GL_TEXTURE_2D, picture.texture());
        uniform("picture", 0);
        glUniform1f(glGetUniformLocation(program, "light"), overlay.light());
        glUniform1f(glGetUniformLocation(program, "opening"), overlay.opening());
        glUniform1f(glGetUniformLocation(program, "patchLight"), overlay.patchLight());
        glUniform4f(glGetUniformLocation(program, "patch"), 0, 0, PATCH_PARTS * height / width, PATCH_PARTS);
        glBindVertexArray(corners);
        glDrawArrays(GL_TRIANGLES, 0, 3);
        glBindVertexArray(0);
    }

    /** What is nearly always so, nothing darkened: copied without a shader, which would cost a quarter of a world's frame. */
    private static void copy(Target picture, int framebuffer, float patchLight) {
        int width = picture.width();
        int height = picture.height();
        glBindFramebuffer(GL_READ_FRAMEBUFFER, picture.framebuffer());
        glBindFramebuffer(GL_DRAW_FRAMEBUFFER, framebuffer);
        glBlitFramebuffer(0, 0, width, height, 0, 0, width, height, GL_COLOR_BUFFER_BIT, GL_NEAREST);
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
        glViewport(0, 0, width, height);
        if (patchLight >= 0) {
            int side = Math.round(PATCH_PARTS * height);
            glEnable(GL_SCISSOR_TEST);
            glScissor(0, 0, side, side);
            glClearColor(patchLight, patchLight, patchLight, 1);
            glClear(GL_COLOR_BUFFER_BIT);
            glDisable(GL_SCISSOR_TEST);
        }
    }

    private void uniform(String name, int value) {
        glUniform1i(glGetUniformLocation(program, name), value);
    }
}
