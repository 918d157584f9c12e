package org.anodyne.plugins.vr.surface;

import static org.lwjgl.glfw.GLFW.GLFW_ANY_PLATFORM;
import static org.lwjgl.glfw.GLFW.GLFW_CONTEXT_CREATION_API;
import static org.lwjgl.glfw.GLFW.GLFW_CONTEXT_VERSION_MAJOR;
import static org.lwjgl.glfw.GLFW.GLFW_CONTEXT_VERSION_MINOR;
import static org.lwjgl.glfw.GLFW.GLFW_EGL_CONTEXT_API;
import static org.lwjgl.glfw.GLFW.GLFW_FALSE;
import static org.lwjgl.glfw.GLFW.GLFW_OPENGL_CORE_PROFILE;
import static org.lwjgl.glfw.GLFW.GLFW_OPENGL_FORWARD_COMPAT;
import static org.lwjgl.glfw.GLFW.GLFW_OPENGL_PROFILE;
import static org.lwjgl.glfw.GLFW.GLFW_PLATFORM;
import static org.lwjgl.glfw.GLFW.GLFW_PLATFORM_NULL;
import static org.lwjgl.glfw.GLFW.GLFW_PLATFORM_WIN32;
import static org.lwjgl.glfw.GLFW.GLFW_PLATFORM_X11;
import static org.lwjgl.glfw.GLFW.GLFW_RESIZABLE;
import static org.lwjgl.glfw.GLFW.GLFW_TRUE;
import static org.lwjgl.glfw.GLFW.GLFW_VISIBLE;
import static org.lwjgl.glfw.GLFW.glfwCreateWindow;
import static org.lwjgl.glfw.GLFW.glfwDefaultWindowHints;
import static org.lwjgl.glfw.GLFW.glfwDestroyWindow;
import static org.lwjgl.glfw.GLFW.glfwGetError;
import static org.lwjgl.glfw.GLFW.glfwInit;
import static org.lwjgl.glfw.GLFW.glfwInitHint;
import static org.lwjgl.glfw.GLFW.glfwMakeContextCurrent;
import static org.lwjgl.glfw.GLFW.glfwSetErrorCallback;
import static org.lwjgl.glfw.GLFW.glfwTerminate;
import static org.lwjgl.glfw.GLFW.glfwWindowHint;
import static org.lwjgl.system.MemoryUtil.NULL;

import org.anodyne.plugin.PluginException;
import org.lwjgl.PointerBuffer;
import org.lwjgl.opengl.GL;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.MemoryUtil;
import org.lwjgl.system.Platform;

/** A GLFW window, seen or not, and its OpenGL 3.3 core context. Thread: the one that made it. */
public final class GlContext implements AutoCloseable {
    private final long window;
    private final boolean onScreen;

    /** How the window looks. */
    public enum Look {
        /** None: no X server or GPU is needed. */
        UNSEEN,
        /** One of the window system (X11, Windows) that is never shown: what a headset's software asks for there. */
        HIDDEN,
        WINDOW,
        BORDERLESS
    }

    /**
     * Opens a window or none and makes its context current.
     *
     * @throws PluginException with what is missing and what to do
     */
    public GlContext(Look look, int width, int height, String title) throws PluginException {
        onScreen = look == Look.WINDOW || look == Look.BORDERLESS;
        glfwSetErrorCallback(null);
        glfwInitHint(GLFW_PLATFORM, platform(look));
        if (!glfwInit()) {
            throw new PluginException(
                    "no window can be opened: " + error() + ". On a machine without a screen choose mode: headless.");
        }
        glfwDefaultWindowHints();
        glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
        glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 3);
        glfwWindowHint(GLFW_OPENGL_PROFILE, GLFW_OPENGL_CORE_PROFILE);
        glfwWindowHint(GLFW_OPENGL_FORWARD_COMPAT, GLFW_TRUE);
        glfwWindowHint(GLFW_VISIBLE, onScreen ? GLFW_TRUE : GLFW_FALSE);
        glfwWindowHint(GLFW_RESIZABLE, GLFW_FALSE);
        if (look == Look.UNSEEN) {
            glfwWindowHint(GLFW_CONTEXT_CREATION_API, GLFW_EGL_CONTEXT_API);
        }
        long monitor = NULL;
        int w = width;
        int h = height;
        if (look == Look.BORDERLESS) {
            monitor = org.lwjgl.glfw.GLFW.glfwGetPrimaryMonitor();
            org.lwjgl.glfw.GLFWVidMode mode = monitor == NULL ? null : org.lwjgl.glfw.GLFW.glfwGetVideoMode(monitor);
            if (mode != null) {
                w = mode.width();
                h = mode.height();
            }
        }
        window = glfwCreateWindow(w, h, title, monitor, NULL);
        if (window == NULL) {
            String why = error();
            glfwTerminate();
            throw new PluginException("no OpenGL 3.3 context can be made: " + why
                    + ". Install the graphics driver; for the software renderer on Debian: apt install libegl1"
                    + " libgl1-mesa-dri libglx0.");
        }
        glfwMakeContextCurrent(window);
        GL.createCapabilities();
    }

    private static int platform(Look look) {
        return switch (look) {
            case UNSEEN -> GLFW_PLATFORM_NULL;
            // Wayland has no GLX, which is what is asked for on Linux.
            case HIDDEN -> Platform.get() == Platform.WINDOWS ? GLFW_PLATFORM_WIN32 : GLFW_PLATFORM_X11;
            case WINDOW, BORDERLESS -> wayland() ? GLFW_ANY_PLATFORM : GLFW_PLATFORM_X11;
        };
    }

    /** Whether a Wayland server could be there at all: its library complains into the terminal when asked for nothing. */
    private static boolean wayland() {
        return Platform.get() != Platform.LINUX
                || System.getenv("XDG_RUNTIME_DIR") != null
                || System.getenv("WAYLAND_SOCKET") != null;
    }

    private static String error() {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer text = stack.mallocPointer(1);
            int code = glfwGetError(text);
            long address = text.get(0);
            return code == 0 || address == NULL ? "for no reason that GLFW tells" : MemoryUtil.memUTF8(address);
        }
    }

    /** GLFW's handle. */
    public long window() {
        return window;
    }

    /** Whether somebody can see it. */
    public boolean onScreen() {
        return onScreen;
    }

    /** Graphics card or software renderer, and its version of OpenGL. */
    public static String renderer() {
        return GL11C.glGetString(GL11C.GL_RENDERER) + ", OpenGL " + GL11C.glGetString(GL11C.GL_VERSION);
    }

    @Override
    public void close() {
        GL.setCapabilities(null);
        glfwMakeContextCurrent(NULL);
        glfwDestroyWindow(window);
        glfwTerminate();
    }
}
