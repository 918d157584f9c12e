package org.anodyne.console.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /} and below: one shell for every view, and the files that it loads. Holds nothing that a stranger may not see: what
 * pages show comes from {@code /api}. Thread: any.
 */
public final class PagesServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    /** Views; each has a module {@code views/NAME.js}. */
    public static final Set<String> VIEWS = Set.of("", "operator", "workshop", "participant", "assessor", "accounts");

    private static final Map<String, String> TYPES = Map.of(
            "js", "text/javascript;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "json", "application/json;charset=utf-8",
            "svg", "image/svg+xml",
            "png", "image/png",
            "webmanifest", "application/manifest+json");

    private final transient Site site;

    /** @param site what is served */
    public PagesServlet(Site site) {
        this.site = site;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            site.headers().check(request);
        } catch (Refusal e) {
            response.sendError(e.status(), e.getMessage());
            return;
        }
        String path = request.getRequestURI().substring(1);
        site.headers().page(response);
        if (VIEWS.contains(path)) {
            give(request, response, "text/html;charset=utf-8", site.shell());
            return;
        }
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        Optional<byte[]> file = type == null ? Optional.empty() : site.file(path);
        if (file.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        give(request, response, type, file.get());
    }

    private static void give(HttpServletRequest request, HttpServletResponse response, String type, byte[] bytes)
            throws IOException {
        String tag = Site.tag(bytes);
        // Asked for anew each time, sent anew only when it has changed: pages and platform are never of two versions.
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", tag);
        if (tag.equals(request.getHeader("If-None-Match"))) {
            response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
            return;
        }
        response.setContentType(type);
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
