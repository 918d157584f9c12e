package org.anodyne.plugins.vr.gl;

import static org.lwjgl.opengl.GL33C.*;

/**
 * The state of OpenGL that drawing begins with. A scene may leave behind what it likes: what is set here does not last into the
 * next eye, the display's own drawing, or another scene. Thread: the render thread.
 */
public final class State {
    private static final int[] OFF = {
        GL_BLEND,
        GL_CULL_FACE,
        GL_SCISSOR_TEST,
        GL_STENCIL_TEST,
        GL_COLOR_LOGIC_OP,
        GL_RASTERIZER_DISCARD,
        GL_FRAMEBUFFER_SRGB,
        GL_SAMPLE_ALPHA_TO_COVERAGE,
        GL_SAMPLE_COVERAGE,
        GL_SAMPLE_MASK,
        GL_DEPTH_CLAMP,
        GL_PRIMITIVE_RESTART,
        GL_POLYGON_OFFSET_FILL,
        GL_POLYGON_OFFSET_LINE,
        GL_POLYGON_OFFSET_POINT,
        GL_PROGRAM_POINT_SIZE,
        GL_CLIP_DISTANCE0,
        GL_CLIP_DISTANCE1,
        GL_CLIP_DISTANCE2,
        GL_CLIP_DISTANCE3,
        GL_CLIP_DISTANCE4,
        GL_CLIP_DISTANCE5
    };
    /** Units whose samplers would change how the display reads its own textures. */
    private static final int UNITS = 2;

    private State() {}

    /** Everything drawn, nearest in front, back sides too; nothing bound that changes how pixels and textures are read. */
    public static void usual() {
        for (int what : OFF) {
            glDisable(what);
        }
        glEnable(GL_DEPTH_TEST);
        glEnable(GL_MULTISAMPLE);
        glEnable(GL_DITHER);
        glDepthFunc(GL_LESS);
        glDepthMask(true);
        glDepthRange(0, 1);
        glClearDepth(1);
        glColorMask(true, true, true, true);
        glBlendEquation(GL_FUNC_ADD);
        glBlendFunc(GL_ONE, GL_ZERO);
        glPolygonMode(GL_FRONT_AND_BACK, GL_FILL);
        glFrontFace(GL_CCW);
        glCullFace(GL_BACK);
        for (int unit = 0; unit < UNITS; unit++) {
            glBindSampler(unit, 0);
        }
        glActiveTexture(GL_TEXTURE0);
        glBindVertexArray(0);
        glUseProgram(0);
        memory();
    }

    /** Pixels are read and written tightly, from and into the process's own memory: the rest would write beside it. */
    private static void memory() {
        glBindBuffer(GL_PIXEL_PACK_BUFFER, 0);
        glBindBuffer(GL_PIXEL_UNPACK_BUFFER, 0);
        glPixelStorei(GL_PACK_ALIGNMENT, 4);
        glPixelStorei(GL_PACK_ROW_LENGTH, 0);
        glPixelStorei(GL_PACK_SKIP_ROWS, 0);
        glPixelStorei(GL_PACK_SKIP_PIXELS, 0);
        glPixelStorei(GL_PACK_SWAP_BYTES, 0);
        glPixelStorei(GL_PACK_LSB_FIRST, 0);
        glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
        glPixelStorei(GL_UNPACK_ROW_LENGTH, 0);
        glPixelStorei(GL_UNPACK_SKIP_ROWS, 0);
        glPixelStorei(GL_UNPACK_SKIP_PIXELS, 0);
        glPixelStorei(GL_UNPACK_SWAP_BYTES, 0);
        glPixelStorei(GL_UNPACK_LSB_FIRST, 0);
    }
}
