package org.anodyne.plugins.vr.openxr;

import org.anodyne.plugin.PluginException;
import org.anodyne.plugins.vr.surface.Surface;
import org.lwjgl.openxr.XR10;

/** A function of OpenXR did not do what it was asked. */
final class XrFault extends Exception {
    private static final long serialVersionUID = 1L;

    private final int code;

    private XrFault(int code, String doing) {
        super(doing + ": " + name(code));
        this.code = code;
    }

    /**
     * Lets successes pass, also the qualified ones such as {@code XR_SESSION_NOT_FOCUSED}.
     *
     * @param doing what was tried, for a person
     * @return the result
     */
    static int check(int result, String doing) throws XrFault {
        if (result < 0) {
            throw new XrFault(result, doing);
        }
        return result;
    }

    /** Number of the result. */
    int code() {
        return code;
    }

    /** While opening. */
    PluginException refused() {
        return new PluginException("the headset: " + getMessage(), this);
    }

    /** While frames are shown. */
    Surface.Lost lost() {
        // All other faults would come again after opening again: they are errors of ours or of the runtime.
        boolean mayReturn = code == XR10.XR_ERROR_SESSION_LOST
                || code == XR10.XR_ERROR_INSTANCE_LOST
                || code == XR10.XR_ERROR_RUNTIME_FAILURE;
        return new Surface.Lost("the headset: " + getMessage(), mayReturn);
    }

    /** The specification's name of a result where it is one of the usual ones. */
    static String name(int code) {
        return switch (code) {
            case XR10.XR_ERROR_VALIDATION_FAILURE -> "XR_ERROR_VALIDATION_FAILURE";
            case XR10.XR_ERROR_RUNTIME_FAILURE -> "XR_ERROR_RUNTIME_FAILURE";
            case XR10.XR_ERROR_OUT_OF_MEMORY -> "XR_ERROR_OUT_OF_MEMORY";
            case XR10.XR_ERROR_API_VERSION_UNSUPPORTED -> "XR_ERROR_API_VERSION_UNSUPPORTED";
            case XR10.XR_ERROR_INITIALIZATION_FAILED -> "XR_ERROR_INITIALIZATION_FAILED";
            case XR10.XR_ERROR_FUNCTION_UNSUPPORTED -> "XR_ERROR_FUNCTION_UNSUPPORTED";
            case XR10.XR_ERROR_EXTENSION_NOT_PRESENT -> "XR_ERROR_EXTENSION_NOT_PRESENT";
            case XR10.XR_ERROR_LIMIT_REACHED -> "XR_ERROR_LIMIT_REACHED";
            case XR10.XR_ERROR_HANDLE_INVALID -> "XR_ERROR_HANDLE_INVALID";
            case XR10.XR_ERROR_INSTANCE_LOST -> "XR_ERROR_INSTANCE_LOST, the headset's software ended";
            case XR10.XR_ERROR_SESSION_LOST -> "XR_ERROR_SESSION_LOST, the headset was taken away or switched off";
            case XR10.XR_ERROR_SESSION_NOT_RUNNING -> "XR_ERROR_SESSION_NOT_RUNNING";
            case XR10.XR_ERROR_GRAPHICS_DEVICE_INVALID -> "XR_ERROR_GRAPHICS_DEVICE_INVALID";
            case XR10.XR_ERROR_CALL_ORDER_INVALID -> "XR_ERROR_CALL_ORDER_INVALID";
            case XR10.XR_ERROR_POSE_INVALID -> "XR_ERROR_POSE_INVALID";
            case XR10.XR_ERROR_LAYER_INVALID -> "XR_ERROR_LAYER_INVALID";
            case XR10.XR_ERROR_TIME_INVALID -> "XR_ERROR_TIME_INVALID";
            case XR10.XR_ERROR_FORM_FACTOR_UNSUPPORTED -> "XR_ERROR_FORM_FACTOR_UNSUPPORTED";
            case XR10.XR_ERROR_FORM_FACTOR_UNAVAILABLE -> "XR_ERROR_FORM_FACTOR_UNAVAILABLE";
            case XR10.XR_ERROR_RUNTIME_UNAVAILABLE -> "XR_ERROR_RUNTIME_UNAVAILABLE";
            default -> "result " + code + " of OpenXR";
        };
    }
}
