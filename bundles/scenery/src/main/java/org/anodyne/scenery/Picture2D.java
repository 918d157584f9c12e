package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.GL_CLAMP_TO_EDGE;
import static org.lwjgl.opengl.GL33C.GL_LINEAR;
import static org.lwjgl.opengl.GL33C.GL_LINEAR_MIPMAP_NEAREST;
import static org.lwjgl.opengl.GL33C.GL_REPEAT;
import static org.lwjgl.opengl.GL33C.GL_RGBA;
import static org.lwjgl.opengl.GL33C.GL_RGBA8;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE0;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_2D;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_MAG_FILTER;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_MIN_FILTER;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_WRAP_S;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_WRAP_T;
import static org.lwjgl.opengl.GL33C.GL_UNSIGNED_BYTE;
import static org.lwjgl.opengl.GL33C.glActiveTexture;
import static org.lwjgl.opengl.GL33C.glBindTexture;
import static org.lwjgl.opengl.GL33C.glGenerateMipmap;
import static org.lwjgl.opengl.GL33C.glTexImage2D;
import static org.lwjgl.opengl.GL33C.glTexParameteri;

import java.nio.ByteBuffer;
import org.anodyne.plugin.scene.Resources;
import org.lwjgl.system.MemoryUtil;

/**
 * A square picture of four values per pixel, 0 to 1, computed on any thread and given to the graphics card on the render
 * thread. What the four mean is its user's affair.
 */
public final class Picture2D {
    private final int size;
    private final byte[] pixels;
    private int texture;

    /** Black. */
    public Picture2D(int size) {
        this.size = size;
        pixels = new byte[4 * size * size];
    }

    /** Pixels of a side. */
    public int size() {
        return size;
    }

    /** Sets one of the four values of a pixel; beyond 0 to 1 it is cut off. */
    public void set(int x, int y, int part, float value) {
        pixels[4 * (y * size + x) + part] = (byte) Math.round(255 * Math.max(0, Math.min(1, value)));
    }

    /**
     * Gives it to the graphics card.
     *
     * @param repeating whether it goes on beyond its edges, else the edge does; a repeating one is filtered for distance
     */
    public void upload(Resources resources, boolean repeating) {
        upload(resources, repeating, repeating);
    }

    /** As {@link #upload}, repeating, for what is seen hardly smaller than it is: not filtered for distance, which costs less. */
    public void uploadNear(Resources resources) {
        upload(resources, true, false);
    }

    private void upload(Resources resources, boolean repeating, boolean filtered) {
        texture = resources.texture();
        glBindTexture(GL_TEXTURE_2D, texture);
        ByteBuffer bytes = MemoryUtil.memAlloc(pixels.length).put(pixels).flip();
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA8, size, size, 0, GL_RGBA, GL_UNSIGNED_BYTE, bytes);
        MemoryUtil.memFree(bytes);
        int wrap = repeating ? GL_REPEAT : GL_CLAMP_TO_EDGE;
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_S, wrap);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_WRAP_T, wrap);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, filtered ? GL_LINEAR_MIPMAP_NEAREST : GL_LINEAR);
        if (filtered) {
            glGenerateMipmap(GL_TEXTURE_2D);
        }
    }

    /** Binds it to a unit, 0 or above. */
    public void bind(int unit) {
        glActiveTexture(GL_TEXTURE0 + unit);
        glBindTexture(GL_TEXTURE_2D, texture);
    }
}
