package org.anodyne.scenery;

import static org.lwjgl.opengl.GL33C.glGetUniformLocation;
import static org.lwjgl.opengl.GL33C.glUniform1f;
import static org.lwjgl.opengl.GL33C.glUniform1i;
import static org.lwjgl.opengl.GL33C.glUniform2f;
import static org.lwjgl.opengl.GL33C.glUniform3f;
import static org.lwjgl.opengl.GL33C.glUniform4f;
import static org.lwjgl.opengl.GL33C.glUniformMatrix4fv;
import static org.lwjgl.opengl.GL33C.glUseProgram;

import java.util.HashMap;
import java.util.Map;
import org.anodyne.plugin.scene.Resources;
import org.joml.Matrix4fc;
import org.joml.Vector3fc;

/**
 * A vertex and a fragment shader with their uniforms by name; a uniform that the compiler left out is passed over. Thread:
 * the render thread.
 */
public final class Program {
    private static final String VERSION = "#version 330 core\n";

    private final int name;
    private final Map<String, Integer> places = new HashMap<>();
    private final float[] sixteen = new float[16];

    /**
     * Compiles it.
     *
     * @param vertex GLSL 3.30 without its first line {@code #version}; {@link Air#GLSL} may be put before it
     * @throws IllegalArgumentException with the compiler's words
     */
    public Program(Resources resources, String vertex, String fragment) {
        name = resources.program(VERSION + vertex, VERSION + fragment);
    }

    /** From now on this one draws; to be called before uniforms are set. */
    public Program use() {
        glUseProgram(name);
        return this;
    }

    private int place(String uniform) {
        return places.computeIfAbsent(uniform, u -> glGetUniformLocation(name, u));
    }

    /** Sets a float. */
    public Program set(String uniform, float v) {
        glUniform1f(place(uniform), v);
        return this;
    }

    /** Sets a whole number, or the unit of a texture. */
    public Program set(String uniform, int v) {
        glUniform1i(place(uniform), v);
        return this;
    }

    /** Sets a vec2. */
    public Program set(String uniform, float x, float y) {
        glUniform2f(place(uniform), x, y);
        return this;
    }

    /** Sets a vec3. */
    public Program set(String uniform, Vector3fc v) {
        glUniform3f(place(uniform), v.x(), v.y(), v.z());
        return this;
    }

    /** Sets a vec4. */
    public Program set(String uniform, float x, float y, float z, float w) {
        glUniform4f(place(uniform), x, y, z, w);
        return this;
    }

    /** Sets a mat4. */
    public Program set(String uniform, Matrix4fc m) {
        glUniformMatrix4fv(place(uniform), false, m.get(sixteen));
        return this;
    }
}
