package org.anodyne.console.http;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.console.account.Browser;
import org.anodyne.console.account.Browsers;

/**
 * {@code /api/…}: strangers get 401, those who may not 403; what changes something has to carry the browser's own
 * {@code X-Anodyne-Csrf}. Thread: any.
 */
public final class ApiServlet extends HttpServlet {
    private static final long serialVersionUID = 1L;
    private static final String CSRF = "X-Anodyne-Csrf";

    private final transient List<Route> routes;
    private final transient Browsers browsers;
    private final transient Answers answers;

    /** @param routes all there is */
    public ApiServlet(List<Route> routes, Browsers browsers, Site site) {
        this.routes = List.copyOf(routes);
        this.browsers = browsers;
        this.answers = site.answers();
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        answers.give(request, response, () -> {
            Browser browser = browsers.with(Cookies.token(request))
                    .orElseThrow(() -> new Refusal(401, "log in first", Map.of("login", true)));
            String path = request.getPathInfo() == null ? "" : request.getPathInfo();
            boolean known = false;
            for (Route route : routes) {
                Optional<Map<String, String>> parts = route.parts(path);
                if (parts.isEmpty()) {
                    continue;
                }
                known = true;
                if (route.method().equals(request.getMethod())) {
                    return allowed(route, request, browser, parts.get());
                }
            }
            throw known
                    ? new Refusal(405, "'" + path + "' cannot be asked with " + request.getMethod())
                    : new Refusal(404, "there is no request '" + path + "'");
        });
    }

    private static Object allowed(Route route, HttpServletRequest request, Browser browser, Map<String, String> parts)
            throws Exception {
        if (!route.roles().contains(browser.role())) {
            throw new Refusal(403, "this is not for the role " + browser.role().word());
        }
        if (!route.method().equals("GET") && !same(browser.csrf(), request.getHeader(CSRF))) {
            throw new Refusal(403, "the request lacks its " + CSRF + "; load the page again");
        }
        return route.handler().answer(new Call(request, browser, parts));
    }

    private static boolean same(String wanted, String given) {
        return given != null
                && MessageDigest.isEqual(
                        wanted.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
}
