package org.anodyne.acceptance.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.anodyne.acceptance.Anodyne;
import org.anodyne.acceptance.Patience;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a certificate in the settings, pages and bus are encrypted, and the cookie goes nowhere else. */
@Tag("beside")
class TlsTest {
    private static final String PASSWORD = "changeit-for-tests";

    @TempDir
    Path folder;

    @Test
    void pagesAndBusAreEncryptedByConfiguration() throws Exception {
        Path keystore = certificate();
        Path home = folder.resolve("home");
        Path settings = Files.createDirectories(home.resolve("etc")).resolve("anodyne.json");
        Files.writeString(settings, """
                {
                  ":configurator:resource-version": 1,
                  ":configurator:symbolic-name": "org.anodyne.settings",
                  ":configurator:version": "1.0.0",
                  "org.anodyne.broker": {"enabled": true, "host": "127.0.0.1", "port:Integer": 0, "folder": "$[prop:anodyne.var]/broker"},
                  "org.anodyne.bus": {"uri": "", "site": "lab"},
                  "org.anodyne.console": {"keystore": "%s", ".keystorePassword": "%s"}
                }
                """.formatted(keystore, PASSWORD));
        try (Anodyne.Running running = new Anodyne(home).start("run", "--port", "0")) {
            running.awaitLine(l -> l.startsWith("pages at "));
            String url = running.output()
                    .lines()
                    .filter(l -> l.startsWith("pages at "))
                    .findFirst()
                    .orElseThrow()
                    .substring("pages at ".length())
                    .strip();
            assertTrue(url.startsWith("https://localhost:"), url);
            HttpClient client =
                    HttpClient.newBuilder().sslContext(trusting(keystore)).build();
            HttpResponse<String> setUp =
                    post(client, url + "/entry/setup", "{\"name\":\"Ada\",\"password\":\"a sentence for tests only\"}");
            assertEquals(200, setUp.statusCode(), setUp.body());
            String cookie = setUp.headers().firstValue("Set-Cookie").orElseThrow();
            assertTrue(cookie.contains("; Secure"), cookie);
            assertThrows(
                    IOException.class,
                    () -> post(HttpClient.newHttpClient(), url.replace("https:", "http:") + "/entry/login", "{}"));
            HttpRequest live = HttpRequest.newBuilder(URI.create(url + "/api/live"))
                    .header("Cookie", cookie.substring(0, cookie.indexOf(';')))
                    .build();
            JsonNode where = new ObjectMapper()
                    .readTree(client.send(live, HttpResponse.BodyHandlers.ofString())
                            .body());
            assertTrue(where.path("url").asText().startsWith("wss://localhost:"), where.toString());
            assertEquals(0, connected(client, where), "the bus did not accept the page");
        }
    }

    private Path certificate() throws Exception {
        Path keystore = folder.resolve("pages.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "pages",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keystore.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, keytool.waitFor(), said);
        return keystore;
    }

    private static SSLContext trusting(Path keystore) throws Exception {
        KeyStore own = KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("pages", own.getCertificate("pages"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    private static HttpResponse<String> post(HttpClient client, String url, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    /** Reason code of the bus for a page's connection; 0 when it is accepted. */
    private static int connected(HttpClient client, JsonNode where) throws Exception {
        CompletableFuture<Integer> reason = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
                reason.complete(data.get(0) >> 4 == 2 ? data.get(3) & 255 : -1);
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable e) {
                reason.completeExceptionally(e);
            }
        };
        WebSocket socket = client.newWebSocketBuilder()
                .subprotocols("mqtt")
                .buildAsync(URI.create(where.path("url").asText()), listener)
                .get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream d = new DataOutputStream(body);
        d.writeUTF("MQTT");
        d.write(new byte[] {5, (byte) 0xC2, 0, 60, 0});
        d.writeUTF("page-" + where.path("username").asText() + "-1");
        d.writeUTF(where.path("username").asText());
        d.writeUTF(where.path("password").asText());
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x10);
        packet.write(body.size());
        body.writeTo(packet);
        socket.sendBinary(ByteBuffer.wrap(packet.toByteArray()), true)
                .get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
        int code = reason.get(Patience.LONGEST.toSeconds(), TimeUnit.SECONDS);
        socket.abort();
        return code;
    }
}
