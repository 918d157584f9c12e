package org.anodyne.plugins.vr.openxr;

import java.nio.ByteBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.anodyne.plugin.PluginException;
import org.lwjgl.PointerBuffer;
import org.lwjgl.openxr.EXTEyeGazeInteraction;
import org.lwjgl.openxr.EXTLocalFloor;
import org.lwjgl.openxr.FBDisplayRefreshRate;
import org.lwjgl.openxr.KHRConvertTimespecTime;
import org.lwjgl.openxr.KHROpenGLEnable;
import org.lwjgl.openxr.KHRWin32ConvertPerformanceCounterTime;
import org.lwjgl.openxr.MNDXEGLEnable;
import org.lwjgl.openxr.XR10;
import org.lwjgl.openxr.XrExtensionProperties;
import org.lwjgl.openxr.XrInstance;
import org.lwjgl.openxr.XrInstanceCreateInfo;
import org.lwjgl.openxr.XrInstanceProperties;
import org.lwjgl.openxr.XrSystemEyeGazeInteractionPropertiesEXT;
import org.lwjgl.openxr.XrSystemGetInfo;
import org.lwjgl.openxr.XrSystemProperties;
import org.lwjgl.openxr.XrViewConfigurationView;
import org.lwjgl.system.MemoryStack;

/** The OpenXR runtime and the headset it knows of. Thread: the render thread. */
final class HeadsetSystem implements AutoCloseable {
    private static final int STEREO = XR10.XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO;
    private static final String INSTEAD = " To go on without a headset choose mode: window.";

    /** What is used where the runtime offers it. */
    private static final Set<String> WELCOME = Set.of(
            MNDXEGLEnable.XR_MNDX_EGL_ENABLE_EXTENSION_NAME,
            KHRConvertTimespecTime.XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME,
            KHRWin32ConvertPerformanceCounterTime.XR_KHR_WIN32_CONVERT_PERFORMANCE_COUNTER_TIME_EXTENSION_NAME,
            EXTEyeGazeInteraction.XR_EXT_EYE_GAZE_INTERACTION_EXTENSION_NAME,
            EXTLocalFloor.XR_EXT_LOCAL_FLOOR_EXTENSION_NAME,
            FBDisplayRefreshRate.XR_FB_DISPLAY_REFRESH_RATE_EXTENSION_NAME);

    private final XrInstance instance;
    private final Set<String> extensions;
    private final String runtime;
    private long id;
    private String name = "";
    private boolean gaze;
    private int width;
    private int height;
    private int blendMode;

    /** @throws PluginException when there is no runtime or no headset, with what to do */
    HeadsetSystem() throws PluginException {
        Set<String> offered;
        try {
            offered = offered();
        } catch (XrFault e) {
            throw noRuntime(e);
        }
        if (!offered.contains(KHROpenGLEnable.XR_KHR_OPENGL_ENABLE_EXTENSION_NAME)) {
            throw new PluginException("the OpenXR runtime does not take pictures of OpenGL (XR_KHR_opengl_enable)."
                    + " Make another runtime the active one, e.g. SteamVR or Monado." + INSTEAD);
        }
        extensions = new LinkedHashSet<>(offered);
        extensions.removeIf(
                e -> !WELCOME.contains(e) && !e.equals(KHROpenGLEnable.XR_KHR_OPENGL_ENABLE_EXTENSION_NAME));
        try {
            instance = instance(extensions);
        } catch (XrFault e) {
            throw noRuntime(e);
        }
        try (MemoryStack stack = MemoryStack.stackPush()) {
            XrInstanceProperties is = XrInstanceProperties.calloc(stack).type$Default();
            XrFault.check(XR10.xrGetInstanceProperties(instance, is), "asking for the runtime's name");
            long v = is.runtimeVersion();
            runtime = is.runtimeNameString() + " " + (v >>> 48) + "." + (v >>> 32 & 0xFFFF) + "." + (v & 0xFFFFFFFFL);
            find(stack);
        } catch (XrFault e) {
            close();
            throw e.refused();
        } catch (PluginException e) {
            close();
            throw e;
        }
    }

    private static PluginException noRuntime(XrFault e) {
        return new PluginException(
                "no OpenXR runtime answers (" + e.getMessage() + "). Start the headset's software (SteamVR, Meta Quest"
                        + " Link, Monado …) and make it the active OpenXR runtime." + INSTEAD,
                e);
    }

    private static Set<String> offered() throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            IntBuffer count = stack.mallocInt(1);
            XrFault.check(
                    XR10.xrEnumerateInstanceExtensionProperties((ByteBuffer) null, count, null),
                    "asking for its extensions");
            // On the heap: a runtime may offer more than a stack takes.
            XrExtensionProperties.Buffer all = XrExtensionProperties.calloc(count.get(0));
            try {
                all.forEach(XrExtensionProperties::type$Default);
                XrFault.check(
                        XR10.xrEnumerateInstanceExtensionProperties((ByteBuffer) null, count, all),
                        "asking for its extensions");
                Set<String> names = new LinkedHashSet<>();
                all.forEach(e -> names.add(e.extensionNameString()));
                return names;
            } finally {
                all.free();
            }
        }
    }

    private static XrInstance instance(Set<String> extensions) throws XrFault {
        try (MemoryStack stack = MemoryStack.stackPush()) {
            PointerBuffer names = stack.mallocPointer(extensions.size());
            extensions.forEach(e -> names.put(stack.ASCII(e)));
            XrInstanceCreateInfo info =
                    XrInstanceCreateInfo.calloc(stack).type$Default().enabledExtensionNames(names.flip());
            // 1.0 is what every runtime knows; what 1.1 adds is asked for as extensions.
            info.applicationInfo()
                    .applicationName(stack.UTF8("Anodyne"))
                    .applicationVersion(1)
                    .engineName(stack.UTF8("Anodyne"))
                    .engineVersion(1)
                    .apiVersion(XR10.XR_MAKE_VERSION(1, 0, 0));
            PointerBuffer made = stack.mallocPointer(1);
            XrFault.check(XR10.xrCreateInstance(info, made), "connecting to it");
            return new XrInstance(made.get(0), info);
        }
    }

    private void find(MemoryStack stack) throws XrFault, PluginException {
        LongBuffer found = stack.mallocLong(1);
        XrSystemGetInfo wanted =
                XrSystemGetInfo.calloc(stack).type$Default().formFactor(XR10.XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY);
        int result = XR10.xrGetSystem(instance, wanted, found);
        if (result == XR10.XR_ERROR_FORM_FACTOR_UNAVAILABLE || result == XR10.XR_ERROR_FORM_FACTOR_UNSUPPORTED) {
            throw new PluginException("no headset is there: the OpenXR runtime " + runtime
                    + " finds none. Plug it in, switch it on and wait until its own software shows it." + INSTEAD);
        }
        XrFault.check(result, "looking for a headset");
        id = found.get(0);

        XrSystemProperties is = XrSystemProperties.calloc(stack).type$Default();
        XrSystemEyeGazeInteractionPropertiesEXT eyes =
                XrSystemEyeGazeInteractionPropertiesEXT.calloc(stack).type$Default();
        boolean asked = has(EXTEyeGazeInteraction.XR_EXT_EYE_GAZE_INTERACTION_EXTENSION_NAME);
        if (asked) {
            is.next(eyes);
        }
        XrFault.check(XR10.xrGetSystemProperties(instance, id, is), "asking for the headset's name");
        name = is.systemNameString();
        gaze = asked && eyes.supportsEyeGazeInteraction();

        IntBuffer count = stack.mallocInt(1);
        String looking = "asking for the size of the eyes' pictures";
        XrFault.check(XR10.xrEnumerateViewConfigurationViews(instance, id, STEREO, count, null), looking);
        if (count.get(0) != 2) {
            throw new PluginException(
                    "the headset " + name + " has " + count.get(0) + " views; only two are known." + INSTEAD);
        }
        XrViewConfigurationView.Buffer views = XrViewConfigurationView.calloc(count.get(0), stack);
        views.forEach(XrViewConfigurationView::type$Default);
        XrFault.check(XR10.xrEnumerateViewConfigurationViews(instance, id, STEREO, count, views), looking);
        width = Math.max(views.get(0).recommendedImageRectWidth(), views.get(1).recommendedImageRectWidth());
        height =
                Math.max(views.get(0).recommendedImageRectHeight(), views.get(1).recommendedImageRectHeight());

        String blending = "asking how pictures are laid over the room";
        XrFault.check(XR10.xrEnumerateEnvironmentBlendModes(instance, id, STEREO, count, null), blending);
        IntBuffer modes = stack.mallocInt(count.get(0));
        XrFault.check(XR10.xrEnumerateEnvironmentBlendModes(instance, id, STEREO, count, modes), blending);
        blendMode = modes.get(0);
        for (int i = 0; i < modes.limit(); i++) {
            if (modes.get(i) == XR10.XR_ENVIRONMENT_BLEND_MODE_OPAQUE) {
                blendMode = modes.get(i);
            }
        }
    }

    XrInstance instance() {
        return instance;
    }

    /** The headset's number. */
    long id() {
        return id;
    }

    /** Whether an extension is in use. */
    boolean has(String extension) {
        return extensions.contains(extension);
    }

    /** Whether it measures where the eyes look. */
    boolean gaze() {
        return gaze;
    }

    /** Pixels across that an eye's picture should have. */
    int width() {
        return width;
    }

    /** Pixels down that an eye's picture should have. */
    int height() {
        return height;
    }

    /** Opaque where the headset can be so. */
    int blendMode() {
        return blendMode;
    }

    /** Runtime with version, and headset. */
    String words() {
        return name + " by " + runtime;
    }

    @Override
    public void close() {
        XR10.xrDestroyInstance(instance);
    }
}
