package org.anodyne.console.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;

/** What every answer says about itself, and which requests are none of ours. */
final class Headers {
    private static final Set<String> HERE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final boolean loopback;
    private final String live;
    private final String importMap;

    /**
     * @param loopback whether only this machine is served
     * @param livePort port of the bus for browsers; 0 when there is none
     * @param importMapHash SHA-256 of the one script that stands in the page itself, base 64
     */
    Headers(boolean loopback, int livePort, String importMapHash) {
        this.loopback = loopback;
        this.live = livePort == 0 ? "" : " ws://*:" + livePort + " wss://*:" + livePort;
        this.importMap = importMapHash;
    }

    /**
     * Refuses what another site made the browser ask.
     *
     * @throws Refusal when it came under a strange name or from a strange page
     */
    void check(HttpServletRequest request) {
        // A name of somebody else's that leads here lets their page read our answers as its own.
        if (loopback && !HERE.contains(request.getServerName()) && !"::1".equals(request.getServerName())) {
            throw new Refusal(421, "this console only answers to localhost");
        }
        String origin = request.getHeader("Origin");
        if (origin != null && !origin.replaceFirst("^https?://", "").equals(request.getHeader("Host"))) {
            throw new Refusal(403, "the request comes from another site (" + origin + ")");
        }
    }

    void page(HttpServletResponse response) {
        common(response);
        response.setHeader(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self' 'sha256-" + importMap
                        + "'; style-src 'self'; img-src 'self' data: blob:;"
                        + " media-src 'self' blob:; font-src 'self'; connect-src 'self'" + live
                        + "; manifest-src 'self'; worker-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'self'");
    }

    void api(HttpServletResponse response) {
        common(response);
        response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'");
        response.setHeader("Cache-Control", "no-store");
    }

    /**
     * For what others have made: a report holds what people typed. It may be shown, and do nothing. It keeps its origin, so that
     * the page that shows it in a frame hears the stop's key there, too; scripts of its own stay forbidden.
     */
    void sandboxed(HttpServletResponse response) {
        common(response);
        response.setHeader(
                "Content-Security-Policy",
                "sandbox allow-same-origin; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'");
        response.setHeader("Cache-Control", "no-store");
    }

    private static void common(HttpServletResponse response) {
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("X-Frame-Options", "SAMEORIGIN");
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader("Permissions-Policy", "camera=(), microphone=(), geolocation=(), payment=()");
    }
}
