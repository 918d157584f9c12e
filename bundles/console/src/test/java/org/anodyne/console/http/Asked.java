package org.anodyne.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A request to a servlet without a server, and what came of it. */
final class Asked {
    private final String method;
    private final String path;
    private final Map<String, String> headers = new HashMap<>(Map.of("Host", "localhost:8080"));
    private String token = "";
    private String body = "";
    private String server = "localhost";

    int status = 200;
    final Map<String, String> answered = new HashMap<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Asked(String method, String path) {
        this.method = method;
        this.path = path;
    }

    Asked header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Asked cookie(String value) {
        token = value;
        return this;
    }

    Asked json(String text) {
        body = text;
        return header("Content-Type", "application/json");
    }

    Asked server(String name) {
        server = name;
        return this;
    }

    Asked of(HttpServlet servlet) throws Exception {
        servlet.service(request(), response());
        return this;
    }

    String text() {
        return out.toString(StandardCharsets.UTF_8);
    }

    JsonNode said() throws IOException {
        return new ObjectMapper().readTree(text());
    }

    private HttpServletRequest request() {
        return (HttpServletRequest) Proxy.newProxyInstance(
                Asked.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (p, m, a) -> switch (m.getName()) {
                    case "getMethod" -> method;
                    case "getPathInfo", "getRequestURI" -> path;
                    case "getHeader" -> headers.get((String) a[0]);
                    case "getContentType" -> headers.get("Content-Type");
                    case "getCookies" -> token.isEmpty() ? null : new Cookie[] {new Cookie("anodyne", token)};
                    case "getServerName" -> server;
                    case "getRemoteAddr" -> "127.0.0.1";
                    case "getParameter" -> null;
                    case "isSecure" -> false;
                    case "getInputStream" -> new In(body);
                    default -> throw new UnsupportedOperationException(m.getName());
                });
    }

    private HttpServletResponse response() {
        return (HttpServletResponse) Proxy.newProxyInstance(
                Asked.class.getClassLoader(), new Class<?>[] {HttpServletResponse.class}, (p, m, a) -> {
                    switch (m.getName()) {
                        case "setHeader", "addHeader" -> answered.put((String) a[0], (String) a[1]);
                        case "setStatus", "sendError" -> status = (int) a[0];
                        case "setContentType" -> answered.put("Content-Type", (String) a[0]);
                        case "setContentLength" -> answered.put("Content-Length", String.valueOf(a[0]));
                        case "getOutputStream" -> {
                            return new Out(out);
                        }
                        default -> throw new UnsupportedOperationException(m.getName());
                    }
                    return null;
                });
    }

    private static final class In extends ServletInputStream {
        private final ByteArrayInputStream in;

        In(String text) {
            in = new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public boolean isFinished() {
            return in.available() == 0;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException();
        }
    }

    private static final class Out extends ServletOutputStream {
        private final ByteArrayOutputStream out;

        Out(ByteArrayOutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) {
            out.write(b);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
