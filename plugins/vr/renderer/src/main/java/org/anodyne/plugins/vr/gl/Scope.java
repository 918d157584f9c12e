package org.anodyne.plugins.vr.gl;

import static org.lwjgl.opengl.GL33C.*;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.IntPredicate;
import org.anodyne.plugin.scene.Resources;

/** Makes objects of OpenGL and deletes all of them at {@link #close}. Thread: the render thread. */
public final class Scope implements Resources, AutoCloseable {
    /** Names are small whole numbers, given in order: so many beyond the highest known are looked at for forgotten ones. */
    private static final int LOOK_AHEAD = 512;

    /** All that has a name in a context, what scenes are given and what they can only make themselves. */
    private enum Named {
        BUFFER,
        VERTEX_ARRAY,
        TEXTURE,
        FRAMEBUFFER,
        RENDERBUFFER,
        PROGRAM,
        SAMPLER,
        /** One that was begun at least once; before that OpenGL does not know it. */
        QUERY;

        static Named of(Kind kind) {
            return valueOf(kind.name());
        }
    }

    private final Map<Named, TreeSet<Integer>> made = new EnumMap<>(Named.class);

    private int keep(Named kind, int name) {
        made.computeIfAbsent(kind, k -> new TreeSet<>()).add(name);
        return name;
    }

    @Override
    public int buffer() {
        return keep(Named.BUFFER, glGenBuffers());
    }

    @Override
    public int vertexArray() {
        return keep(Named.VERTEX_ARRAY, glGenVertexArrays());
    }

    @Override
    public int texture() {
        return keep(Named.TEXTURE, glGenTextures());
    }

    @Override
    public int framebuffer() {
        return keep(Named.FRAMEBUFFER, glGenFramebuffers());
    }

    @Override
    public int renderbuffer() {
        return keep(Named.RENDERBUFFER, glGenRenderbuffers());
    }

    @Override
    public int program(String vertex, String fragment) {
        int v = shader(GL_VERTEX_SHADER, vertex);
        int f;
        try {
            f = shader(GL_FRAGMENT_SHADER, fragment);
        } catch (IllegalArgumentException e) {
            glDeleteShader(v);
            throw e;
        }
        int program = glCreateProgram();
        glAttachShader(program, v);
        glAttachShader(program, f);
        glLinkProgram(program);
        glDeleteShader(v);
        glDeleteShader(f);
        if (glGetProgrami(program, GL_LINK_STATUS) == 0) {
            String log = glGetProgramInfoLog(program);
            glDeleteProgram(program);
            throw new IllegalArgumentException("a program does not link: " + log);
        }
        return keep(Named.PROGRAM, program);
    }

    private static int shader(int type, String source) {
        int shader = glCreateShader(type);
        glShaderSource(shader, source);
        glCompileShader(shader);
        if (glGetShaderi(shader, GL_COMPILE_STATUS) == 0) {
            String log = glGetShaderInfoLog(shader);
            glDeleteShader(shader);
            throw new IllegalArgumentException((type == GL_VERTEX_SHADER ? "a vertex" : "a fragment")
                    + " shader does not compile: " + log + excerpt(source, log));
        }
        return shader;
    }

    /** The line that the compiler means, which it writes as {@code 0:12(…)}. */
    private static String excerpt(String source, String log) {
        java.util.regex.Matcher m =
                java.util.regex.Pattern.compile("0[:(](\\d+)").matcher(log);
        String[] lines = source.split("\n", -1);
        if (!m.find()) {
            return "";
        }
        int line = Integer.parseInt(m.group(1));
        return line < 1 || line > lines.length ? "" : "\nline " + line + ": " + lines[line - 1].strip();
    }

    @Override
    public void delete(int name, Kind kind) {
        TreeSet<Integer> names = made.get(Named.of(kind));
        if (names == null || !names.remove(name)) {
            throw new IllegalArgumentException(
                    kind.name().toLowerCase(java.util.Locale.ROOT) + " " + name + " was not made in this scope");
        }
        deletion(Named.of(kind)).accept(name);
    }

    /** How many objects there are. */
    public int size() {
        return made.values().stream().mapToInt(TreeSet::size).sum();
    }

    /** Whether an object was made here. */
    private boolean has(Named kind, int name) {
        TreeSet<Integer> names = made.get(kind);
        return names != null && names.contains(name);
    }

    @Override
    public void close() {
        made.forEach((kind, names) -> names.forEach(deletion(kind)::accept));
        made.clear();
    }

    /**
     * All objects that there are now, whoever made them. In a headset some are the runtime's own: what was there before a
     * scene began cannot be what it forgot. To be handed to {@link #forgotten}, never closed.
     */
    public static Scope everything() {
        Scope all = new Scope();
        for (Named kind : Named.values()) {
            IntPredicate exists = existence(kind);
            int last = 0;
            for (int name = 1; name < last + LOOK_AHEAD; name++) {
                if (exists.test(name)) {
                    last = name;
                    all.keep(kind, name);
                }
            }
        }
        return all;
    }

    /**
     * Deletes objects that none of these scopes made, and names them. Fences ({@code glFenceSync}) are not found: they have no
     * names but pointers, which OpenGL does not list.
     */
    public static List<String> forgotten(List<Scope> known) {
        List<String> found = new ArrayList<>();
        for (Named kind : Named.values()) {
            IntPredicate exists = existence(kind);
            int count = 0;
            int last = 0;
            for (int name = 1; name < last + LOOK_AHEAD; name++) {
                if (exists.test(name)) {
                    last = name;
                    int n = name;
                    if (known.stream().noneMatch(s -> s.has(kind, n))) {
                        deletion(kind).accept(name);
                        count++;
                    }
                }
            }
            if (count > 0) {
                found.add(count + " "
                        + (kind == Named.QUERY && count > 1
                                ? "queries"
                                : kind.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')
                                        + (count > 1 ? "s" : "")));
            }
        }
        return found;
    }

    private static IntPredicate existence(Named kind) {
        return switch (kind) {
            case BUFFER -> org.lwjgl.opengl.GL33C::glIsBuffer;
            case VERTEX_ARRAY -> org.lwjgl.opengl.GL33C::glIsVertexArray;
            case TEXTURE -> org.lwjgl.opengl.GL33C::glIsTexture;
            case FRAMEBUFFER -> org.lwjgl.opengl.GL33C::glIsFramebuffer;
            case RENDERBUFFER -> org.lwjgl.opengl.GL33C::glIsRenderbuffer;
            case PROGRAM -> org.lwjgl.opengl.GL33C::glIsProgram;
            case SAMPLER -> org.lwjgl.opengl.GL33C::glIsSampler;
            case QUERY -> org.lwjgl.opengl.GL33C::glIsQuery;
        };
    }

    private static IntConsumer deletion(Named kind) {
        return switch (kind) {
            case BUFFER -> org.lwjgl.opengl.GL33C::glDeleteBuffers;
            case VERTEX_ARRAY -> org.lwjgl.opengl.GL33C::glDeleteVertexArrays;
            case TEXTURE -> org.lwjgl.opengl.GL33C::glDeleteTextures;
            case FRAMEBUFFER -> org.lwjgl.opengl.GL33C::glDeleteFramebuffers;
            case RENDERBUFFER -> org.lwjgl.opengl.GL33C::glDeleteRenderbuffers;
            case PROGRAM -> org.lwjgl.opengl.GL33C::glDeleteProgram;
            case SAMPLER -> org.lwjgl.opengl.GL33C::glDeleteSamplers;
            case QUERY -> org.lwjgl.opengl.GL33C::glDeleteQueries;
        };
    }
}
