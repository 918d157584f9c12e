package org.anodyne.plugins.vr.openxr;

import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugins.vr.surface.GlContext;
import org.lwjgl.PointerBuffer;
import org.lwjgl.egl.EGL;
import org.lwjgl.glfw.GLFWNativeEGL;
import org.lwjgl.glfw.GLFWNativeGLX;
import org.lwjgl.glfw.GLFWNativeX11;
import org.lwjgl.opengl.GL11C;
import org.lwjgl.opengl.GL30C;
import org.lwjgl.opengl.GLX13;
import org.lwjgl.opengl.WGL;
import org.lwjgl.openxr.KHROpenGLEnable;
import org.lwjgl.openxr.MNDXEGLEnable;
import org.lwjgl.openxr.XR10;
import org.lwjgl.openxr.XrGraphicsBindingEGLMNDX;
import org.lwjgl.openxr.XrGraphicsBindingOpenGLWin32KHR;
import org.lwjgl.openxr.XrGraphicsBindingOpenGLXlibKHR;
import org.lwjgl.openxr.XrGraphicsRequirementsOpenGLKHR;
import org.lwjgl.openxr.XrSession;
import org.lwjgl.openxr.XrSessionCreateInfo;
import org.lwjgl.system.MemoryStack;
import org.lwjgl.system.Platform;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An OpenGL context that nobody sees, and how it is named to the runtime: by WGL on Windows, by GLX where there is an X server,
 * by EGL without one where the runtime offers that (XR_MNDX_egl_enable; Monado does). Thread: the render thread.
 */
final class Graphics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Graphics.class);
    /** Of the window that is never shown. */
    private static final int PIXELS = 64;

    private enum Binding {
        WGL(GlContext.Look.HIDDEN),
        GLX(GlContext.Look.HIDDEN),
        EGL(GlContext.Look.UNSEEN);

        private final GlContext.Look look;

        Binding(GlContext.Look look) {
            this.look = look;
        }
    }

    private final GlContext context;
    private final Binding binding;

    /** @throws PluginException when no context can be made that the runtime takes, with what to do */
    Graphics(HeadsetSystem system) throws PluginException {
        GlContext opened = null;
        Binding by = null;
        PluginException last = null;
        for (Binding b : candidates(system)) {
            try {
                opened = new GlContext(b.look, new GlContext.Place(PIXELS, PIXELS, 1), "Anodyne");
                by = b;
                break;
            } catch (PluginException e) {
                LOG.info("the headset's pictures are not drawn by way of {}: {}", b, e.getMessage());
                last = e;
            }
        }
        if (opened == null) {
            throw last != null
                    ? last
                    : new PluginException("the OpenXR runtime needs an X server (XWayland will do) on this machine;"
                            + " start the platform where DISPLAY is set.");
        }
        context = opened;
        binding = by;
    }

    private static List<Binding> candidates(HeadsetSystem system) {
        List<Binding> all = new ArrayList<>();
        if (Platform.get() == Platform.WINDOWS) {
            all.add(Binding.WGL);
            return all;
        }
        if (System.getenv("DISPLAY") != null) {
            all.add(Binding.GLX);
        }
        if (system.has(MNDXEGLEnable.XR_MNDX_EGL_ENABLE_EXTENSION_NAME)) {
            all.add(Binding.EGL);
        }
        return all;
    }

    /** Makes a session that takes this context's pictures. */
    XrSession session(HeadsetSystem system) throws XrFault, PluginException {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrGraphicsRequirementsOpenGLKHR needs =
                    XrGraphicsRequirementsOpenGLKHR.calloc(stack).type$Default();
            XrFault.check(
                    KHROpenGLEnable.xrGetOpenGLGraphicsRequirementsKHR(system.instance(), system.id(), needs),
                    "asking which OpenGL it takes");
            int major = GL11C.glGetInteger(GL30C.GL_MAJOR_VERSION);
            int minor = GL11C.glGetInteger(GL30C.GL_MINOR_VERSION);
            long least = needs.minApiVersionSupported();
            if (XR10.XR_MAKE_VERSION(major, minor, 0) < (least & ~0xFFFFFFFFL)) {
                throw new PluginException("the headset needs OpenGL " + (least >>> 48) + "." + (least >>> 32 & 0xFFFF)
                        + ", and the graphics driver gives " + major + "." + minor + " (" + GlContext.renderer()
                        + "). Install the graphics card's own driver.");
            }
            XrSessionCreateInfo info =
                    XrSessionCreateInfo.calloc(stack).type$Default().systemId(system.id());
            bind(info, stack);
            PointerBuffer made = stack.mallocPointer(1);
            XrFault.check(XR10.xrCreateSession(system.instance(), info, made), "opening a session by " + binding);
            return new XrSession(made.get(0), system.instance());
        }
    }

    private void bind(XrSessionCreateInfo info, MemoryStack stack) throws PluginException {
        PointerBuffer config = stack.mallocPointer(1);
        switch (binding) {
            case WGL ->
                info.next(XrGraphicsBindingOpenGLWin32KHR.calloc(stack)
                        .type$Default()
                        .hDC(WGL.wglGetCurrentDC())
                        .hGLRC(WGL.wglGetCurrentContext(null)));
            case GLX -> {
                long display = GLFWNativeX11.glfwGetX11Display();
                if (!GLFWNativeGLX.glfwGetGLXFBConfig(context.window(), config)) {
                    throw new PluginException("GLX does not tell the configuration of its context");
                }
                java.nio.IntBuffer visual = stack.callocInt(1);
                GLX13.glXGetFBConfigAttrib(display, config.get(0), GLX13.GLX_VISUAL_ID, visual);
                info.next(XrGraphicsBindingOpenGLXlibKHR.calloc(stack)
                        .type$Default()
                        .xDisplay(display)
                        .visualid(visual.get(0))
                        .glxFBConfig(config.get(0))
                        .glxDrawable(GLFWNativeGLX.glfwGetGLXWindow(context.window()))
                        .glxContext(GLFWNativeGLX.glfwGetGLXContext(context.window())));
            }
            case EGL -> {
                if (!GLFWNativeEGL.glfwGetEGLConfig(context.window(), config)) {
                    throw new PluginException("EGL does not tell the configuration of its context");
                }
                info.next(XrGraphicsBindingEGLMNDX.calloc(stack)
                        .type$Default()
                        .getProcAddress(EGL.getFunctionProvider().getFunctionAddress("eglGetProcAddress"))
                        .display(GLFWNativeEGL.glfwGetEGLDisplay())
                        .config(config.get(0))
                        .context(GLFWNativeEGL.glfwGetEGLContext(context.window())));
            }
        }
    }

    /** For the record. */
    String words() {
        return GlContext.renderer() + " by " + binding;
    }

    @Override
    public void close() {
        context.close();
    }
}
