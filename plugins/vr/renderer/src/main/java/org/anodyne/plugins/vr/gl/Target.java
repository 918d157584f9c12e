package org.anodyne.plugins.vr.gl;

import static org.lwjgl.opengl.GL33C.*;

import java.nio.ByteBuffer;
import org.anodyne.plugin.scene.Resources;

/** A picture with depth that is drawn into off screen, then laid onto another. Thread: the render thread. */
public final class Target {
    private final int width;
    private final int height;
    private final int framebuffer;
    private final int texture;
    private final int depth;

    public Target(Resources resources, int width, int height) {
        this.width = width;
        this.height = height;
        texture = resources.texture();
        glBindTexture(GL_TEXTURE_2D, texture);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, width, height, 0, GL_RGBA, GL_UNSIGNED_BYTE, (ByteBuffer) null);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, GL_CLAMP_TO_EDGE);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, GL_CLAMP_TO_EDGE);
        depth = resources.renderbuffer();
        glBindRenderbuffer(GL_RENDERBUFFER, depth);
        glRenderbufferStorage(GL_RENDERBUFFER, GL_DEPTH_COMPONENT24, width, height);
        framebuffer = resources.framebuffer();
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth);
        if (glCheckFramebufferStatus(GL_FRAMEBUFFER) != GL_FRAMEBUFFER_COMPLETE) {
            throw new IllegalStateException("a picture of " + width + " × " + height + " cannot be drawn into");
        }
    }

    /** Pixels across. */
    public int width() {
        return width;
    }

    /** Pixels down. */
    public int height() {
        return height;
    }

    /** Name of the framebuffer. */
    public int framebuffer() {
        return framebuffer;
    }

    /** Name of the texture that holds the picture. */
    public int texture() {
        return texture;
    }

    /** Binds it with the usual state: everything drawn, nearest in front, back sides too, black, far. */
    public void begin() {
        bind();
        glClearColor(0, 0, 0, 1);
        glClear(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT);
    }

    /** Binds it, as it is, with the usual state, whatever a scene has done to state and framebuffer. */
    public void bind() {
        State.usual();
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
        glFramebufferTexture2D(GL_FRAMEBUFFER, GL_COLOR_ATTACHMENT0, GL_TEXTURE_2D, texture, 0);
        glFramebufferRenderbuffer(GL_FRAMEBUFFER, GL_DEPTH_ATTACHMENT, GL_RENDERBUFFER, depth);
        glDrawBuffer(GL_COLOR_ATTACHMENT0);
        glReadBuffer(GL_COLOR_ATTACHMENT0);
        glViewport(0, 0, width, height);
    }

    /** Whether it still exists: a scene may have deleted what is not its own. */
    public boolean intact() {
        return glIsTexture(texture) && glIsRenderbuffer(depth) && glIsFramebuffer(framebuffer);
    }

    /** The picture, 4 bytes a pixel, from the bottom line up. */
    public byte[] read() {
        glBindFramebuffer(GL_FRAMEBUFFER, framebuffer);
        ByteBuffer pixels = org.lwjgl.system.MemoryUtil.memAlloc(4 * width * height);
        try {
            glPixelStorei(GL_PACK_ALIGNMENT, 1);
            glReadPixels(0, 0, width, height, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
            byte[] bytes = new byte[pixels.remaining()];
            pixels.get(bytes);
            return bytes;
        } finally {
            org.lwjgl.system.MemoryUtil.memFree(pixels);
        }
    }
}
