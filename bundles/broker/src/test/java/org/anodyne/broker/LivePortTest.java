package org.anodyne.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.bus.BusException;
import org.anodyne.bus.LiveGate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who may do what on the port for browsers, and that a browser gets in nowhere else. */
@Timeout(60)
class LivePortTest {
    private static final int GRANTED = 1;
    private static final int NOT_AUTHORIZED = 0x87;
    private static final String ASKED = "anodyne/1/lab/s1/event/ratings/ask";

    @TempDir
    private Path folder;

    private final Map<String, LiveGate.Grant> visitors = new ConcurrentHashMap<>();
    private EmbeddedBroker broker;
    private LiveGate.Door door;

    @BeforeEach
    void open() {
        broker = EmbeddedBroker.start(BrokerSettings.local(folder, 0));
        door = broker.live()
                .open(
                        "127.0.0.1",
                        0,
                        Optional.empty(),
                        (visitor, token) -> Optional.ofNullable(token.equals("secret") ? visitors.get(visitor) : null));
        visitors.put("p", new LiveGate.Grant(List.of("anodyne/1/lab/s1/event/+/ask"), List.of()));
        visitors.put("o", new LiveGate.Grant(List.of("anodyne/1/lab/+/event/#"), List.of("anodyne/1/lab/stop")));
    }

    @AfterEach
    void close() {
        door.close();
        broker.close();
    }

    private RawClient live(String visitor) throws IOException {
        RawClient client = new RawClient("tcp://127.0.0.1:" + door.port());
        assertEquals(
                0,
                client.connect("page-" + visitor + "-1", true, 0, visitor, "secret")
                        .body()[1]);
        return client;
    }

    @Test
    void whoeverHasNoTokenIsNotLetIn() throws IOException {
        for (String[] who : new String[][] {{null, null}, {"p", "wrong"}, {"nobody", "secret"}}) {
            try (RawClient client = new RawClient("tcp://127.0.0.1:" + door.port())) {
                int reason = client.connect("page-" + who[0] + "-1", true, 0, who[0], who[1])
                                .body()[1]
                        & 255;
                assertTrue(reason >= 0x80, "let in as " + who[0]);
            }
        }
    }

    @Test
    void eachHearsWhatItMayAndNothingElse() throws IOException {
        try (RawClient page = live("p");
                RawClient platform = new RawClient(broker.uri())) {
            platform.connect("platform", true, 0, null, null);
            for (String filter : List.of(
                    "#",
                    "anodyne/#",
                    "anodyne/1/lab/+/event/+/ask",
                    "anodyne/1/lab/s2/event/ratings/ask",
                    "anodyne/1/lab/s1/event/#",
                    "anodyne/1/lab/s1/event/+/+",
                    "anodyne/1/lab/s1/state/tens",
                    "anodyne/1/lab/control/reply",
                    "$SYS/#")) {
                assertEquals(NOT_AUTHORIZED, page.subscription(filter), filter);
            }
            assertEquals(GRANTED, page.subscription("anodyne/1/lab/s1/event/+/ask"));
            platform.publish("anodyne/1/lab/s2/event/ratings/ask", "another's", false);
            platform.publish(ASKED, "mine", false);
            assertEquals(ASKED + "=mine", page.message());
        }
    }

    @Test
    void onlyWhatWasGrantedMayBeSaid() throws IOException {
        try (RawClient operator = live("o")) {
            assertEquals(NOT_AUTHORIZED, operator.publish("anodyne/1/lab/control/resume", "x", false));
            assertEquals(NOT_AUTHORIZED, operator.publish("anodyne/1/lab/s1/command/tens", "x", false));
            assertFalse(operator.publish("anodyne/1/lab/stop", "stop", false) >= 0x80);
        }
        try (RawClient participant = live("p")) {
            assertEquals(NOT_AUTHORIZED, participant.publish("anodyne/1/lab/stop", "stop", false));
        }
    }

    @Test
    void whoseGrantIsWithdrawnIsCutOff() throws IOException {
        try (RawClient page = live("p")) {
            page.subscribe("anodyne/1/lab/s1/event/+/ask");
            visitors.remove("p");
            door.drop("p");
            assertThrows(IOException.class, page::message);
            try (RawClient again = new RawClient("tcp://127.0.0.1:" + door.port())) {
                assertTrue((again.connect("page-p-1", true, 0, "p", "secret").body()[1] & 255) >= 0x80);
            }
        }
    }

    @Test
    void aPageOfAnotherSiteDoesNotReachTheBrokersOwnPort() throws Exception {
        // Any page in a browser of this machine can open a WebSocket to any port of it.
        assertFalse(acceptedByWebSocket(URI.create(broker.uri()).getPort(), null));
        assertTrue(acceptedByWebSocket(door.port(), "p"));
    }

    @Test
    void nobodyComesInUnderAnothersName() throws IOException {
        try (RawClient platform = new RawClient(broker.uri())) {
            platform.connect("platform", true, 0, null, null);
            platform.subscribe("anodyne/1/lab/control/#");
            try (RawClient taker = new RawClient("tcp://127.0.0.1:" + door.port())) {
                assertTrue((taker.connect("platform", true, 0, "p", "secret").body()[1] & 255) >= 0x80);
            }
            try (RawClient other = new RawClient(broker.uri())) {
                other.connect("other", true, 0, null, null);
                other.publish("anodyne/1/lab/control/pause", "still there", false);
            }
            assertEquals("anodyne/1/lab/control/pause=still there", platform.message());
        }
    }

    @Test
    void mqttInTheBodyOfAnHttpRequestIsNobodys() throws Exception {
        try (RawClient platform = new RawClient(broker.uri());
                RawClient other = new RawClient(broker.uri())) {
            platform.connect("platform", true, 0, null, null);
            platform.subscribe("anodyne/1/lab/control/#");
            other.connect("other", true, 0, null, null);
            ByteArrayOutputStream packets = new ByteArrayOutputStream();
            packets.write(packet(0x10, d -> {
                d.writeUTF("MQTT");
                d.write(new byte[] {5, 2, 0, 60, 0});
                d.writeUTF("a-page");
            }));
            packets.write(packet(0x30, d -> {
                d.writeUTF("anodyne/1/lab/control/abort");
                d.write(0);
                d.writeBytes("by a page of another site");
            }));
            int port = URI.create(broker.uri()).getPort();
            try (Socket page = new Socket("127.0.0.1", port)) {
                page.setSoTimeout(3_000);
                page.getOutputStream()
                        .write(("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + packets.size() + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                page.getOutputStream().write(packets.toByteArray());
                page.getOutputStream().flush();
                try {
                    page.getInputStream().read(new byte[256]);
                } catch (SocketTimeoutException e) {
                    // It may say nothing at all.
                }
            }
            other.publish("anodyne/1/lab/control/pause", "the first to be heard", false);
            assertEquals("anodyne/1/lab/control/pause=the first to be heard", platform.message());
        }
    }

    private interface Body {
        void into(DataOutputStream d) throws IOException;
    }

    private static byte[] packet(int head, Body body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        body.into(new DataOutputStream(bytes));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(head);
        packet.write(bytes.size());
        bytes.writeTo(packet);
        return packet.toByteArray();
    }

    @Test
    void saysThatThePortIsTaken() {
        door.close();
        int taken = URI.create(broker.uri()).getPort();
        BusException e = assertThrows(BusException.class, () -> broker.live()
                .open("127.0.0.1", taken, Optional.empty(), (v, t) -> Optional.empty()));
        assertTrue(e.getMessage().contains(":" + taken), e.getMessage());
    }

    /** Whether an MQTT connection over WebSocket is accepted. */
    private static boolean acceptedByWebSocket(int port, String visitor) throws Exception {
        CompletableFuture<Integer> reason = new CompletableFuture<>();
        WebSocket.Listener listener = new WebSocket.Listener() {
            @Override
            public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
                reason.complete(data.get(0) >> 4 == 2 ? data.get(3) & 255 : -1);
                return null;
            }

            @Override
            public CompletionStage<?> onClose(WebSocket socket, int code, String why) {
                reason.complete(-1);
                return null;
            }

            @Override
            public void onError(WebSocket socket, Throwable e) {
                reason.complete(-1);
            }
        };
        WebSocket socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .subprotocols("mqtt")
                .buildAsync(URI.create("ws://127.0.0.1:" + port + "/"), listener)
                .get(10, TimeUnit.SECONDS);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream d = new DataOutputStream(body);
        d.writeUTF("MQTT");
        d.write(new byte[] {5, (byte) (visitor == null ? 2 : 0xC2), 0, 60, 0});
        d.writeUTF("page-" + visitor + "-1");
        if (visitor != null) {
            d.writeUTF(visitor);
            d.writeUTF("secret");
        }
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(0x10);
        packet.write(body.size());
        body.writeTo(packet);
        socket.sendBinary(ByteBuffer.wrap(packet.toByteArray()), true).get(10, TimeUnit.SECONDS);
        try {
            return reason.get(10, TimeUnit.SECONDS) == 0;
        } catch (TimeoutException e) {
            return false;
        } finally {
            socket.abort();
        }
    }
}
