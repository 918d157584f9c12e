package org.anodyne.plugins.vr.openxr;

import static org.lwjgl.opengl.GL30C.GL_COLOR_ATTACHMENT0;
import static org.lwjgl.opengl.GL30C.GL_FRAMEBUFFER;
import static org.lwjgl.opengl.GL30C.GL_TEXTURE_2D;
import static org.lwjgl.opengl.GL30C.glBindFramebuffer;
import static org.lwjgl.opengl.GL30C.glDeleteFramebuffers;
import static org.lwjgl.opengl.GL30C.glFramebufferTexture2D;
import static org.lwjgl.opengl.GL30C.glGenFramebuffers;

import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL21C;
import org.lwjgl.openxr.XR10;
import org.lwjgl.openxr.XrSession;
import org.lwjgl.openxr.XrSwapchain;
import org.lwjgl.openxr.XrSwapchainCreateInfo;
import org.lwjgl.openxr.XrSwapchainImageBaseHeader;
import org.lwjgl.openxr.XrSwapchainImageOpenGLKHR;
import org.lwjgl.openxr.XrSwapchainImageWaitInfo;
import org.lwjgl.openxr.XrSwapchainSubImage;
import org.lwjgl.system.MemoryStack;

/** The runtime's pictures of one eye, drawn into one after the other. Thread: the render thread. */
final class EyePictures implements AutoCloseable {
    /** After which the runtime is taken for dead (engineering default). */
    private static final long PATIENCE_NANOS = 1_000_000_000L;

    private final int width;
    private final int height;
    private final XrSwapchain chain;
    private final int[] framebuffers;
    private int current = -1;

    EyePictures(XrSession session, int width, int height) throws XrFault {
        this.width = width;
        this.height = height;
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrSwapchainCreateInfo info = XrSwapchainCreateInfo.calloc(stack)
                    .type$Default()
                    .usageFlags(XR10.XR_SWAPCHAIN_USAGE_COLOR_ATTACHMENT_BIT | XR10.XR_SWAPCHAIN_USAGE_SAMPLED_BIT)
                    .format(format(session, stack))
                    .sampleCount(1)
                    .width(width)
                    .height(height)
                    .faceCount(1)
                    .arraySize(1)
                    .mipCount(1);
            PointerBuffer made = stack.mallocPointer(1);
            XrFault.check(XR10.xrCreateSwapchain(session, info, made), "making pictures of " + width + " × " + height);
            chain = new XrSwapchain(made.get(0), session);
            IntBuffer count = stack.mallocInt(1);
            XrFault.check(XR10.xrEnumerateSwapchainImages(chain, count, null), "asking for its pictures");
            XrSwapchainImageOpenGLKHR.Buffer images = XrSwapchainImageOpenGLKHR.calloc(count.get(0), stack);
            images.forEach(XrSwapchainImageOpenGLKHR::type$Default);
            XrFault.check(
                    XR10.xrEnumerateSwapchainImages(
                            chain, count, XrSwapchainImageBaseHeader.create(images.address(), images.capacity())),
                    "asking for its pictures");
            framebuffers = new int[images.capacity()];
            for (int i = 0; i < framebuffers.length; i++) {
                framebuffers[i] = glGenFramebuffers();
                glBindFramebuffer(GL_FRAMEBUFFER, framebuffers[i]);
                glFramebufferTexture2D(
                        GL_FRAMEBUFFER,
                        GL_COLOR_ATTACHMENT0,
                        GL_TEXTURE_2D,
                        images.get(i).image(),
                        0);
            }
            glBindFramebuffer(GL_FRAMEBUFFER, 0);
        }
    }

    /**
     * What the display draws is meant for a screen, that is, encoded as sRGB already, and it is written as it is since
     * GL_FRAMEBUFFER_SRGB stays off. Told that the picture is sRGB the runtime shows it as a screen does; RGBA8 it takes for
     * linear, and dark colours become too bright.
     */
    private static long format(XrSession session, MemoryStack stack) throws XrFault {
        IntBuffer count = stack.mallocInt(1);
        XrFault.check(XR10.xrEnumerateSwapchainFormats(session, count, null), "asking for its colours");
        LongBuffer formats = stack.mallocLong(count.get(0));
        XrFault.check(XR10.xrEnumerateSwapchainFormats(session, count, formats), "asking for its colours");
        long best = formats.get(0);
        for (int i = formats.limit() - 1; i >= 0; i--) {
            long f = formats.get(i);
            if (f == GL21C.GL_SRGB8_ALPHA8 || f == GL11C.GL_RGBA8 && best != GL21C.GL_SRGB8_ALPHA8) {
                best = f;
            }
        }
        return best;
    }

    /** The framebuffer of the next picture, which is then the display's until {@link #release}. */
    int acquire() throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer index = stack.mallocInt(1);
            XrFault.check(XR10.xrAcquireSwapchainImage(chain, null, index), "asking for a picture to draw");
            XrSwapchainImageWaitInfo wait =
                    XrSwapchainImageWaitInfo.calloc(stack).type$Default().timeout(PATIENCE_NANOS);
            int result = XrFault.check(XR10.xrWaitSwapchainImage(chain, wait), "waiting for a picture to draw");
            if (result == XR10.XR_TIMEOUT_EXPIRED) {
                // Not drawn into and never given back: only a new session helps.
                XrFault.check(XR10.XR_ERROR_RUNTIME_FAILURE, "waiting longer than a second for a picture to draw");
            }
            current = index.get(0);
            return framebuffers[current];
        }
    }

    /** The framebuffer that {@link #acquire} gave; 0 when there is none. */
    int framebuffer() {
        return current < 0 ? 0 : framebuffers[current];
    }

    /** Gives the picture back, drawn. */
    void release() throws XrFault {
        current = -1;
        XrFault.check(XR10.xrReleaseSwapchainImage(chain, null), "giving a picture back");
    }

    /** Says in a layer that the whole picture is meant. */
    void describe(XrSwapchainSubImage part) {
        part.swapchain(chain).imageArrayIndex(0);
        part.imageRect().offset().set(0, 0);
        part.imageRect().extent().set(width, height);
    }

    @Override
    public void close() {
        glBindFramebuffer(GL_FRAMEBUFFER, 0);
        glDeleteFramebuffers(framebuffers);
        XR10.xrDestroySwapchain(chain);
    }
}
