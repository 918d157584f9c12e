/* The pictures: textures in the application's context, lent out and taken back in order, and written to files on demand. */
#include "scripted.h"

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#define GL_TEXTURE_2D 0x0DE1
#define GL_TEXTURE_BINDING_2D 0x8069
#define GL_RGBA 0x1908
#define GL_UNSIGNED_BYTE 0x1401
#define GL_RGBA8 0x8058
#define GL_SRGB8_ALPHA8 0x8C43

static void (*GenTextures)(int, unsigned *);
static void (*DeleteTextures)(int, const unsigned *);
static void (*BindTexture)(unsigned, unsigned);
static void (*TexImage2D)(unsigned, int, int, int, int, int, unsigned, unsigned, const void *);
static void (*GetTexImage)(unsigned, int, unsigned, unsigned, void *);
static void (*GetIntegerv)(unsigned, int *);
static unsigned char (*IsTexture)(unsigned);

typedef struct {
    int width, height, acquired;
    bool waited, released;
    unsigned next, last, textures[CHAIN_IMAGES];
} Chain;

/* The part of XrGraphicsBindingEGLMNDX that matters here. */
typedef struct {
    XrStructureType type;
    const void *next;
    void (*(*getProcAddress)(const char *))(void);
} EglBinding;

XrResult gl_find(const XrSessionCreateInfo *info) {
    void (*(*find)(const char *))(void) = NULL;
    for (const XrBaseInStructure *s = info->next; s; s = s->next) {
        if (s->type == XR_TYPE_GRAPHICS_BINDING_EGL_MNDX) find = ((const EglBinding *)s)->getProcAddress;
        if (s->type == XR_TYPE_GRAPHICS_BINDING_OPENGL_XLIB_KHR) {
            void *glx = dlopen("libGLX.so.0", RTLD_NOW);
            if (glx) *(void **)&find = dlsym(glx, "glXGetProcAddressARB");
        }
    }
    if (!find) return XR_ERROR_GRAPHICS_DEVICE_INVALID;
    *(void (**)(void)) & GenTextures = find("glGenTextures");
    *(void (**)(void)) & DeleteTextures = find("glDeleteTextures");
    *(void (**)(void)) & BindTexture = find("glBindTexture");
    *(void (**)(void)) & TexImage2D = find("glTexImage2D");
    *(void (**)(void)) & GetTexImage = find("glGetTexImage");
    *(void (**)(void)) & GetIntegerv = find("glGetIntegerv");
    *(void (**)(void)) & IsTexture = find("glIsTexture");
    return GenTextures && GetTexImage ? XR_SUCCESS : XR_ERROR_GRAPHICS_DEVICE_INVALID;
}

ENTRY s_EnumerateSwapchainFormats(XrSession s, uint32_t capacity, uint32_t *count, int64_t *formats) {
    (void)s;
    *count = 2;
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < 2) return XR_ERROR_SIZE_INSUFFICIENT;
    formats[0] = GL_RGBA8;
    formats[1] = GL_SRGB8_ALPHA8;
    return XR_SUCCESS;
}

ENTRY s_CreateSwapchain(XrSession s, const XrSwapchainCreateInfo *info, XrSwapchain *made) {
    (void)s;
    if (info->format != GL_RGBA8 && info->format != GL_SRGB8_ALPHA8) return XR_ERROR_SWAPCHAIN_FORMAT_UNSUPPORTED;
    if (info->sampleCount != 1 || info->arraySize != 1 || info->faceCount != 1 || info->mipCount != 1)
        return XR_ERROR_FEATURE_UNSUPPORTED;
    Chain *c = calloc(1, sizeof *c);
    c->width = (int)info->width;
    c->height = (int)info->height;
    c->acquired = -1;
    int before;
    GetIntegerv(GL_TEXTURE_BINDING_2D, &before);
    GenTextures(CHAIN_IMAGES, c->textures);
    for (int i = 0; i < CHAIN_IMAGES; i++) {
        BindTexture(GL_TEXTURE_2D, c->textures[i]);
        TexImage2D(GL_TEXTURE_2D, 0, (int)info->format, c->width, c->height, 0, GL_RGBA, GL_UNSIGNED_BYTE, NULL);
    }
    BindTexture(GL_TEXTURE_2D, (unsigned)before);
    note("{\"what\":\"swapchain\",\"format\":%lld,\"width\":%d,\"height\":%d}", (long long)info->format, c->width,
         c->height);
    *made = (XrSwapchain)c;
    return XR_SUCCESS;
}

ENTRY s_DestroySwapchain(XrSwapchain chain) {
    Chain *c = (Chain *)chain;
    DeleteTextures(CHAIN_IMAGES, c->textures);
    free(c);
    return XR_SUCCESS;
}

ENTRY s_EnumerateSwapchainImages(XrSwapchain chain, uint32_t capacity, uint32_t *count,
                                 XrSwapchainImageBaseHeader *images) {
    *count = CHAIN_IMAGES;
    if (capacity == 0) return XR_SUCCESS;
    if (capacity < CHAIN_IMAGES) return XR_ERROR_SIZE_INSUFFICIENT;
    if (images->type != XR_TYPE_SWAPCHAIN_IMAGE_OPENGL_KHR) return XR_ERROR_VALIDATION_FAILURE;
    for (int i = 0; i < CHAIN_IMAGES; i++)
        ((XrSwapchainImageOpenGLKHR *)images)[i].image = ((Chain *)chain)->textures[i];
    return XR_SUCCESS;
}

ENTRY s_AcquireSwapchainImage(XrSwapchain chain, const XrSwapchainImageAcquireInfo *info, uint32_t *index) {
    (void)info;
    Chain *c = (Chain *)chain;
    if (session.lost) return XR_ERROR_SESSION_LOST;
    if (c->acquired >= 0) return XR_ERROR_CALL_ORDER_INVALID;
    c->acquired = (int)c->next;
    c->next = (c->next + 1) % CHAIN_IMAGES;
    c->waited = false;
    *index = (uint32_t)c->acquired;
    return XR_SUCCESS;
}

ENTRY s_WaitSwapchainImage(XrSwapchain chain, const XrSwapchainImageWaitInfo *info) {
    (void)info;
    Chain *c = (Chain *)chain;
    if (c->acquired < 0 || c->waited) return XR_ERROR_CALL_ORDER_INVALID;
    c->waited = true;
    return XR_SUCCESS;
}

ENTRY s_ReleaseSwapchainImage(XrSwapchain chain, const XrSwapchainImageReleaseInfo *info) {
    (void)info;
    Chain *c = (Chain *)chain;
    if (c->acquired < 0 || !c->waited) return XR_ERROR_CALL_ORDER_INVALID;
    c->last = (unsigned)c->acquired;
    c->acquired = -1;
    c->released = true;
    return XR_SUCCESS;
}

XrResult chain_showable(const XrSwapchainSubImage *part) {
    Chain *c = (Chain *)part->swapchain;
    XrRect2Di r = part->imageRect;
    if (!c->released || c->acquired >= 0) return XR_ERROR_LAYER_INVALID;
    /* The application took our picture for one of its own. */
    if (!IsTexture(c->textures[c->last])) return XR_ERROR_VALIDATION_FAILURE;
    if (r.offset.x < 0 || r.offset.y < 0 || r.extent.width < 1 || r.extent.height < 1
        || r.offset.x + r.extent.width > c->width || r.offset.y + r.extent.height > c->height)
        return XR_ERROR_SWAPCHAIN_RECT_INVALID;
    return XR_SUCCESS;
}

void chain_dump(XrSwapchain chain, const char *file) {
    Chain *c = (Chain *)chain;
    unsigned char *pixels = malloc((size_t)c->width * (size_t)c->height * 4);
    int before;
    GetIntegerv(GL_TEXTURE_BINDING_2D, &before);
    BindTexture(GL_TEXTURE_2D, c->textures[c->last]);
    GetTexImage(GL_TEXTURE_2D, 0, GL_RGBA, GL_UNSIGNED_BYTE, pixels);
    BindTexture(GL_TEXTURE_2D, (unsigned)before);
    FILE *f = fopen(file, "wb");
    if (f) {
        fprintf(f, "P6 %d %d 255\n", c->width, c->height);
        for (int y = c->height - 1; y >= 0; y--)
            for (int x = 0; x < c->width; x++) fwrite(pixels + 4 * (y * c->width + x), 1, 3, f);
        fclose(f);
    }
    free(pixels);
}
