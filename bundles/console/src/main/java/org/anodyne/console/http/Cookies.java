package org.anodyne.console.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import org.anodyne.console.account.Browser;

/** The cookie that holds a browser's secret. */
final class Cookies {
    private static final String NAME = "anodyne";

    private Cookies() {}

    static String token(HttpServletRequest request) {
        Cookie[] all = request.getCookies();
        if (all != null) {
            for (Cookie c : all) {
                if (c.getName().equals(NAME)) {
                    return c.getValue();
                }
            }
        }
        return "";
    }

    static void set(HttpServletRequest request, HttpServletResponse response, Browser browser) {
        long seconds = Duration.between(Instant.now(), browser.until()).toSeconds();
        write(request, response, browser.token(), seconds);
    }

    static void clear(HttpServletRequest request, HttpServletResponse response) {
        write(request, response, "", 0);
    }

    private static void write(HttpServletRequest request, HttpServletResponse response, String value, long seconds) {
        response.addHeader(
                "Set-Cookie",
                NAME + "=" + value + "; Path=/; Max-Age=" + seconds + "; HttpOnly; SameSite=Strict"
                        + (request.isSecure() ? "; Secure" : ""));
    }
}
