package org.anodyne.acceptance.pages;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Somebody who asks without a browser: with cookies, as a page would. */
final class Visitor {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String url;
    private final CookieManager cookies = new CookieManager();
    private final HttpClient client = HttpClient.newBuilder()
            .cookieHandler(cookies)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private String csrf = "";

    Visitor(String url) {
        this.url = url;
    }

    /** An answer. */
    record Answer(int status, String text) {
        JsonNode json() throws IOException {
            return JSON.readTree(text);
        }
    }

    /** Asks at the door: {@code setup}, {@code login}, {@code join}; names and values in turn. */
    Answer enter(String how, String... body) throws Exception {
        ObjectNode node = JSON.createObjectNode();
        for (int i = 0; i < body.length; i += 2) {
            node.put(body[i], body[i + 1]);
        }
        Answer answer = send("POST", "/entry/" + how, node.toString());
        if (answer.status() == 200) {
            csrf = get("/me").json().path("csrf").asText();
        }
        return answer;
    }

    Answer get(String path) throws Exception {
        return send("GET", "/api" + path, null);
    }

    Answer post(String path, JsonNode body) throws Exception {
        return send("POST", "/api" + path, body.toString());
    }

    Answer send(String method, String path, String body) throws Exception {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(url + path)).timeout(Duration.ofSeconds(60));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        if (!csrf.isEmpty() && !method.equals("GET")) {
            request.header("X-Anodyne-Csrf", csrf);
        }
        request.method(
                method, body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body());
    }

    /** The secret in this visitor's cookie. */
    String cookie() {
        return cookies.getCookieStore().getCookies().stream()
                .filter(c -> c.getName().equals("anodyne"))
                .map(c -> c.getValue())
                .findFirst()
                .orElse("");
    }
}
