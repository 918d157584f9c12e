package org.anodyne.plugin.scene;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Makes objects of OpenGL that belong to a scene and deletes all of them when it ends. What a scene makes past it is found
 * at its end, deleted and reported as forgotten. Thread: the render thread.
 */
@ProviderType
public interface Resources {
    /** A buffer's name. */
    int buffer();

    /** A vertex array's name. */
    int vertexArray();

    /** A texture's name. */
    int texture();

    /** A framebuffer's name. */
    int framebuffer();

    /** A renderbuffer's name. */
    int renderbuffer();

    /**
     * A program of a vertex and a fragment shader, GLSL 3.30.
     *
     * @throws IllegalArgumentException with the compiler's words and the lines they are about
     */
    int program(String vertex, String fragment);

    /** Deletes one that is needed no longer, made by one of the methods above. */
    void delete(int name, Kind kind);

    /** What a name names; names are counted per kind. */
    enum Kind {
        BUFFER,
        VERTEX_ARRAY,
        TEXTURE,
        FRAMEBUFFER,
        RENDERBUFFER,
        PROGRAM
    }
}
