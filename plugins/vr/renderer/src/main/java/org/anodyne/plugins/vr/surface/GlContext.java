package org.anodyne.plugins.vr.surface;

import static org.lwjgl.glfw.GLFW.GLFW_ANY_PLATFORM;
import static org.lwjgl.glfw.GLFW.GLFW_AUTO_ICONIFY;
import static org.lwjgl.glfw.GLFW.GLFW_CONTEXT_CREATION_API;
import static org.lwjgl.glfw.GLFW.GLFW_CONTEXT_VERSION_MAJOR;
import static org.lwjgl.glfw.GLFW.GLFW_CONTEXT_VERSION_MINOR;
import static org.lwjgl.glfw.GLFW.GLFW_DECORATED;
import static org.lwjgl.glfw.GLFW.GLFW_EGL_CONTEXT_API;
import static org.lwjgl.glfw.GLFW.GLFW_FALSE;
import static org.lwjgl.glfw.GLFW.GLFW_OPENGL_CORE_PROFILE;
import static org.lwjgl.glfw.GLFW.GLFW_OPENGL_FORWARD_COMPAT;
import static org.lwjgl.glfw.GLFW.GLFW_OPENGL_PROFILE;
import static org.lwjgl.glfw.GLFW.GLFW_PLATFORM;
import static org.lwjgl.glfw.GLFW.GLFW_PLATFORM_NULL;
import static org.lwjgl.glfw.GLFW.GLFW_PLATFORM_WIN32;
import static org.lwjgl.glfw.GLFW.GLFW_PLATFORM_X11;
import static org.lwjgl.glfw.GLFW.GLFW_POSITION_X;
import static org.lwjgl.glfw.GLFW.GLFW_POSITION_Y;
import static org.lwjgl.glfw.GLFW.GLFW_RESIZABLE;
import static org.lwjgl.glfw.GLFW.GLFW_TRUE;
import static org.lwjgl.glfw.GLFW.GLFW_VISIBLE;
import static org.lwjgl.glfw.GLFW.glfwCreateWindow;
import static org.lwjgl.glfw.GLFW.glfwDefaultWindowHints;
import static org.lwjgl.glfw.GLFW.glfwDestroyWindow;
import static org.lwjgl.glfw.GLFW.glfwGetError;
import static org.lwjgl.glfw.GLFW.glfwGetMonitorPos;
import static org.lwjgl.glfw.GLFW.glfwGetMonitors;
import static org.lwjgl.glfw.GLFW.glfwGetVideoMode;
import static org.lwjgl.glfw.GLFW.glfwInit;
import static org.lwjgl.glfw.GLFW.glfwInitHint;
import static org.lwjgl.glfw.GLFW.glfwMakeContextCurrent;
import static org.lwjgl.glfw.GLFW.glfwSetErrorCallback;
import static org.lwjgl.glfw.GLFW.glfwTerminate;
import static org.lwjgl.glfw.GLFW.glfwWindowHint;
import static org.lwjgl.system.MemoryUtil.NULL;

import org.anodyne.plugin.PluginException;
import org.lwjgl.PointerBuffer;
import org.lwjgl.glfw.GLFWVidMode;
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
        /** Without a frame, as large as a monitor and over it; no mode of the monitor is changed, others stay in use. */
        BORDERLESS
    }

    /**
     * How large a window is and where.
     *
     * @param monitor which one, 1 the primary, then as the system tells them; only {@link Look#BORDERLESS} asks
     */
    public record Place(int width, int height, int monitor) {}

    /**
     * Opens a window or none and makes its context current.
     *
     * @throws PluginException with what is missing and what to do
     */
    public GlContext(Look look, Place place, String title) throws PluginException {
        refuseMac(look);
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
        window = look == Look.BORDERLESS
                ? over(place, title)
                : glfwCreateWindow(place.width(), place.height(), title, NULL, NULL);
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

    private static void refuseMac(Look look) throws PluginException {
        if (Platform.get() == Platform.MACOSX && look != Look.UNSEEN) {
            throw new PluginException(
                    "macOS gives windows to the first thread of a process only, and the display draws on a"
                            + " thread of its own: no window or headset can be shown here. Run the session on Linux or Windows.");
        }
    }

    /** A window without a frame over a whole monitor; it stays when another one is worked in. */
    private static long over(Place place, String title) throws PluginException {
        long monitor = monitor(place.monitor());
        GLFWVidMode mode = glfwGetVideoMode(monitor);
        if (mode == null) {
            glfwTerminate();
            throw new PluginException("monitor " + place.monitor() + " does not tell its size; choose mode: window");
        }
        int[] x = new int[1];
        int[] y = new int[1];
        glfwGetMonitorPos(monitor, x, y);
        glfwWindowHint(GLFW_DECORATED, GLFW_FALSE);
        glfwWindowHint(GLFW_AUTO_ICONIFY, GLFW_FALSE);
        // Where it is to be is known to the window system before it is seen; Wayland places windows itself.
        glfwWindowHint(GLFW_POSITION_X, x[0]);
        glfwWindowHint(GLFW_POSITION_Y, y[0]);
        return glfwCreateWindow(mode.width(), mode.height(), title, NULL, NULL);
    }

    private static long monitor(int number) throws PluginException {
        PointerBuffer all = glfwGetMonitors();
        int count = all == null ? 0 : all.limit();
        if (number > count) {
            glfwTerminate();
            throw new PluginException("there is no monitor " + number + ", only " + count
                    + "; choose another 'monitor', or mode: window");
        }
        return all.get(number - 1);
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
