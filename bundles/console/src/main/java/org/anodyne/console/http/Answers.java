package org.anodyne.console.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers, refusals and failures alike. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Headers headers;

    Answers(Headers headers) {
        this.headers = headers;
    }

    /** What gives an answer. */
    @FunctionalInterface
    interface Body {
        Object make() throws Exception;
    }

    void give(HttpServletRequest request, HttpServletResponse response, Body body) throws IOException {
        headers.api(response);
        try {
            headers.check(request);
            Object made = body.make();
            if (made instanceof Route.Content content) {
                if (content.sandboxed()) {
                    headers.sandboxed(response);
                }
                response.setContentType(content.type());
                response.setContentLength(content.bytes().length);
                response.getOutputStream().write(content.bytes());
            } else {
                json(response, 200, made == null ? Map.of() : made);
            }
        } catch (Refusal e) {
            Map<String, Object> said = new LinkedHashMap<>(e.more());
            said.put("message", e.getMessage());
            json(response, e.status(), said);
        } catch (IllegalArgumentException e) {
            json(response, 400, Map.of("message", String.valueOf(e.getMessage())));
        } catch (Exception e) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
            json(response, 500, Map.of("message", "this failed: " + e.getMessage() + "; the log says more"));
        }
    }

    private static void json(HttpServletResponse response, int status, Object said) throws IOException {
        byte[] bytes = JSON.writeValueAsBytes(said);
        response.setStatus(status);
        response.setContentType("application/json;charset=utf-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
