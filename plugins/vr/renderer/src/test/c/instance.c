/* What the loader finds first: negotiation, the instance, the headset, and the table of functions. */
#include "scripted.h"

#include <stdlib.h>
#include <string.h>

/* From the specification's chapter on the loader; Debian's headers are without it. */
typedef struct {
    int structType;
    uint32_t structVersion;
    size_t structSize;
    uint32_t minInterfaceVersion, maxInterfaceVersion;
    XrVersion minApiVersion, maxApiVersion;
} LoaderInfo;

typedef struct {
    int structType;
    uint32_t structVersion;
    size_t structSize;
    uint32_t runtimeInterfaceVersion;
    XrVersion runtimeApiVersion;
    PFN_xrGetInstanceProcAddr getInstanceProcAddr;
} RuntimeRequest;

#define INTERFACE_VERSION 1
#define STEREO XR_VIEW_CONFIGURATION_TYPE_PRIMARY_STEREO
#define SYSTEM 7

static int anInstance;
static bool instanceExists;

static uint32_t extensions(const char **into) {
    uint32_t n = 0;
    control_read();
    into[n++] = XR_KHR_OPENGL_ENABLE_EXTENSION_NAME;
    into[n++] = "XR_MNDX_egl_enable";
    if (control("timespec", 1) != 0) into[n++] = XR_KHR_CONVERT_TIMESPEC_TIME_EXTENSION_NAME;
    if (control("localFloor", 1) != 0) into[n++] = LOCAL_FLOOR_NAME;
    if (control("gaze", 0) != 0) into[n++] = XR_EXT_EYE_GAZE_INTERACTION_EXTENSION_NAME;
    return n;
}

static ENTRY s_EnumerateInstanceExtensionProperties(const char *layer, uint32_t capacity, uint32_t *count,
                                                    XrExtensionProperties *into) {
    (void)layer;
    const char *names[8];
    *count = extensions(names);
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < *count) return XR_ERROR_SIZE_INSUFFICIENT;
    for (uint32_t i = 0; i < *count; i++) {
        snprintf(into[i].extensionName, sizeof into[i].extensionName, "%s", names[i]);
        into[i].extensionVersion = 1;
    }
    return XR_SUCCESS;
}

static ENTRY s_CreateInstance(const XrInstanceCreateInfo *info, XrInstance *made) {
    if (instanceExists) return XR_ERROR_LIMIT_REACHED;
    if (XR_VERSION_MAJOR(info->applicationInfo.apiVersion) != 1 || XR_VERSION_MINOR(info->applicationInfo.apiVersion) > 0)
        return XR_ERROR_API_VERSION_UNSUPPORTED;
    const char *names[8];
    uint32_t n = extensions(names);
    for (uint32_t i = 0; i < info->enabledExtensionCount; i++) {
        uint32_t k = 0;
        while (k < n && strcmp(names[k], info->enabledExtensionNames[i])) k++;
        if (k == n) return XR_ERROR_EXTENSION_NOT_PRESENT;
    }
    memset(&session, 0, sizeof session);
    instanceExists = true;
    *made = (XrInstance)&anInstance;
    note("{\"what\":\"instance\"}");
    return XR_SUCCESS;
}

static ENTRY s_DestroyInstance(XrInstance instance) {
    (void)instance;
    instanceExists = false;
    return XR_SUCCESS;
}

static ENTRY s_GetInstanceProperties(XrInstance instance, XrInstanceProperties *into) {
    (void)instance;
    into->runtimeVersion = XR_MAKE_VERSION(0, 1, 2);
    strcpy(into->runtimeName, "Scripted runtime");
    return XR_SUCCESS;
}

static ENTRY s_GetSystem(XrInstance instance, const XrSystemGetInfo *info, XrSystemId *id) {
    (void)instance;
    if (info->formFactor != XR_FORM_FACTOR_HEAD_MOUNTED_DISPLAY) return XR_ERROR_FORM_FACTOR_UNSUPPORTED;
    if (control("noHeadset", 0) != 0) return XR_ERROR_FORM_FACTOR_UNAVAILABLE;
    *id = SYSTEM;
    return XR_SUCCESS;
}

static ENTRY s_GetSystemProperties(XrInstance instance, XrSystemId id, XrSystemProperties *into) {
    (void)instance;
    if (id != SYSTEM) return XR_ERROR_SYSTEM_INVALID;
    into->systemId = id;
    strcpy(into->systemName, "Scripted headset");
    for (XrBaseOutStructure *s = into->next; s; s = s->next)
        if (s->type == XR_TYPE_SYSTEM_EYE_GAZE_INTERACTION_PROPERTIES_EXT)
            ((XrSystemEyeGazeInteractionPropertiesEXT *)s)->supportsEyeGazeInteraction = control("gaze", 0) != 0;
    return XR_SUCCESS;
}

static ENTRY s_EnumerateViewConfigurationViews(XrInstance instance, XrSystemId id, XrViewConfigurationType type,
                                               uint32_t capacity, uint32_t *count, XrViewConfigurationView *into) {
    (void)instance, (void)id;
    if (type != STEREO) return XR_ERROR_VIEW_CONFIGURATION_TYPE_UNSUPPORTED;
    *count = EYES;
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < EYES) return XR_ERROR_SIZE_INSUFFICIENT;
    for (int i = 0; i < EYES; i++) {
        into[i].recommendedImageRectWidth = into[i].maxImageRectWidth = EYE_WIDTH;
        into[i].recommendedImageRectHeight = into[i].maxImageRectHeight = EYE_HEIGHT;
        into[i].recommendedSwapchainSampleCount = into[i].maxSwapchainSampleCount = 1;
    }
    return XR_SUCCESS;
}

static ENTRY s_EnumerateEnvironmentBlendModes(XrInstance instance, XrSystemId id, XrViewConfigurationType type,
                                              uint32_t capacity, uint32_t *count, XrEnvironmentBlendMode *into) {
    (void)instance, (void)id, (void)type;
    *count = 1;
    if (capacity > 0) into[0] = XR_ENVIRONMENT_BLEND_MODE_OPAQUE;
    return XR_SUCCESS;
}

static ENTRY s_GetOpenGLGraphicsRequirementsKHR(XrInstance instance, XrSystemId id, XrGraphicsRequirementsOpenGLKHR *into) {
    (void)instance, (void)id;
    session.requirements = true;
    into->minApiVersionSupported = XR_MAKE_VERSION(3, 3, 0);
    into->maxApiVersionSupported = XR_MAKE_VERSION(4, 6, 0);
    return XR_SUCCESS;
}

static ENTRY s_ConvertTimeToTimespecTimeKHR(XrInstance instance, XrTime time, struct timespec *into) {
    (void)instance;
    time_to(time, into);
    return XR_SUCCESS;
}

static ENTRY s_ConvertTimespecTimeToTimeKHR(XrInstance instance, const struct timespec *from, XrTime *into) {
    (void)instance;
    *into = time_of(from);
    return XR_SUCCESS;
}

static ENTRY s_GetInstanceProcAddr(XrInstance instance, const char *name, PFN_xrVoidFunction *function);

#define F(name) {"xr" #name, (PFN_xrVoidFunction)s_##name}
static const struct {
    const char *name;
    PFN_xrVoidFunction function;
} functions[] = {
    F(GetInstanceProcAddr), F(EnumerateInstanceExtensionProperties), F(CreateInstance), F(DestroyInstance),
    F(GetInstanceProperties), F(GetSystem), F(GetSystemProperties), F(EnumerateViewConfigurationViews),
    F(EnumerateEnvironmentBlendModes), F(GetOpenGLGraphicsRequirementsKHR), F(ConvertTimeToTimespecTimeKHR),
    F(ConvertTimespecTimeToTimeKHR), F(PollEvent), F(CreateSession), F(DestroySession), F(BeginSession), F(EndSession),
    F(RequestExitSession), F(WaitFrame), F(BeginFrame), F(EndFrame), F(EnumerateReferenceSpaces),
    F(CreateReferenceSpace), F(CreateActionSpace), F(LocateSpace), F(DestroySpace), F(LocateViews), F(StringToPath),
    F(PathToString), F(CreateActionSet), F(DestroyActionSet), F(CreateAction), F(DestroyAction),
    F(SuggestInteractionProfileBindings), F(AttachSessionActionSets), F(GetCurrentInteractionProfile), F(SyncActions),
    F(GetActionStateBoolean), F(GetActionStateFloat), F(GetActionStateVector2f), F(GetActionStatePose),
    F(EnumerateSwapchainFormats), F(CreateSwapchain), F(DestroySwapchain), F(EnumerateSwapchainImages),
    F(AcquireSwapchainImage), F(WaitSwapchainImage), F(ReleaseSwapchainImage),
};

static ENTRY s_GetInstanceProcAddr(XrInstance instance, const char *name, PFN_xrVoidFunction *function) {
    (void)instance;
    for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++) {
        if (!strcmp(functions[i].name, name)) {
            *function = functions[i].function;
            return XR_SUCCESS;
        }
    }
    *function = NULL;
    return XR_ERROR_FUNCTION_UNSUPPORTED;
}

__attribute__((visibility("default"))) XrResult xrNegotiateLoaderRuntimeInterface(const LoaderInfo *loader,
                                                                                  RuntimeRequest *request) {
    if (loader->minInterfaceVersion > INTERFACE_VERSION || loader->maxInterfaceVersion < INTERFACE_VERSION)
        return XR_ERROR_INITIALIZATION_FAILED;
    request->runtimeInterfaceVersion = INTERFACE_VERSION;
    request->runtimeApiVersion = XR_MAKE_VERSION(1, 0, 20);
    request->getInstanceProcAddr = s_GetInstanceProcAddr;
    return XR_SUCCESS;
}
