package org.anodyne.plugins.vr.text;

import static org.lwjgl.opengl.GL33C.GL_LINEAR;
import static org.lwjgl.opengl.GL33C.GL_R8;
import static org.lwjgl.opengl.GL33C.GL_RED;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_2D;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_MAG_FILTER;
import static org.lwjgl.opengl.GL33C.GL_TEXTURE_MIN_FILTER;
import static org.lwjgl.opengl.GL33C.GL_UNPACK_ALIGNMENT;
import static org.lwjgl.opengl.GL33C.GL_UNSIGNED_BYTE;
import static org.lwjgl.opengl.GL33C.glBindTexture;
import static org.lwjgl.opengl.GL33C.glPixelStorei;
import static org.lwjgl.opengl.GL33C.glTexImage2D;
import static org.lwjgl.opengl.GL33C.glTexParameteri;

import java.nio.ByteBuffer;
import org.anodyne.plugin.scene.Resources;
import org.lwjgl.system.MemoryUtil;

/** {@link Letters} as a texture. Thread: the render thread. */
final class Font {
    private final Letters letters = Letters.get();
    private final int texture;

    Font(Resources resources) {
        ByteBuffer atlas = MemoryUtil.memAlloc(letters.atlas().length);
        try {
            atlas.put(letters.atlas()).flip();
            texture = resources.texture();
            glBindTexture(GL_TEXTURE_2D, texture);
            glPixelStorei(GL_UNPACK_ALIGNMENT, 1);
            glTexImage2D(GL_TEXTURE_2D, 0, GL_R8, Letters.ATLAS, Letters.ATLAS, 0, GL_RED, GL_UNSIGNED_BYTE, atlas);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
            glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        } finally {
            MemoryUtil.memFree(atlas);
        }
    }

    /** The glyph of a character. */
    Letters.Glyph glyph(int code) {
        return letters.glyph(code);
    }

    /** Length of a line, in line heights. */
    float length(String line) {
        return (float) line.codePoints().mapToDouble(c -> glyph(c).advance()).sum();
    }

    /** Name of the texture. */
    int texture() {
        return texture;
    }
}
