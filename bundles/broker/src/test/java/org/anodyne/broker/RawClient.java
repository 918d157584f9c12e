package org.anodyne.broker;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Queue;

/** Just enough MQTT 5 over a plain socket to ask a broker a question, with no client library in between. */
final class RawClient implements AutoCloseable {
    static final int CONNACK = 2;
    static final int PUBLISH = 3;
    static final int PUBACK = 4;
    static final int SUBACK = 9;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final Queue<Packet> messages = new ArrayDeque<>();

    /** A packet as it came: its type and everything after the length. */
    record Packet(int type, int flags, byte[] body) {}

    RawClient(String uri) throws IOException {
        URI u = URI.create(uri);
        socket = new Socket(u.getHost(), u.getPort());
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(30_000);
        in = new DataInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    /** Connects; a session expiry above 0 keeps the session. Returns the CONNACK. */
    Packet connect(String id, boolean cleanStart, long expirySeconds, String user, String password) throws IOException {
        Body b = new Body();
        b.text("MQTT");
        int flags = (cleanStart ? 2 : 0) | (user != null ? 0x80 : 0) | (password != null ? 0x40 : 0);
        b.data.write(new byte[] {5, (byte) flags, 0, 60, 5, 0x11});
        b.data.writeInt((int) expirySeconds);
        b.text(id);
        if (user != null) {
            b.text(user);
        }
        if (password != null) {
            b.text(password);
        }
        send(0x10, b);
        return expect(CONNACK);
    }

    void subscribe(String filter) throws IOException {
        subscription(filter);
    }

    /** Subscribes; the reason code that the broker gives: 1 when it is granted. */
    int subscription(String filter) throws IOException {
        Body b = new Body();
        b.data.write(new byte[] {0, 7, 0});
        b.text(filter);
        b.data.write(1);
        send(0x82, b);
        byte[] body = expect(SUBACK).body();
        return body[body.length - 1] & 255;
    }

    /** Publishes at QoS 1; the reason code of the acknowledgement: 0 when it was taken. */
    int publish(String topic, String text, boolean retain) throws IOException {
        Body b = new Body();
        b.text(topic);
        b.data.write(new byte[] {0, 9, 0});
        b.data.write(text.getBytes(StandardCharsets.UTF_8));
        send(0x32 | (retain ? 1 : 0), b);
        byte[] body = expect(PUBACK).body();
        return body.length < 3 ? 0 : body[2] & 255;
    }

    /** Waits for a message of QoS 1 and returns {@code topic=text}. */
    String message() throws IOException {
        byte[] body = expect(PUBLISH).body();
        int topic = (body[0] & 255) << 8 | body[1] & 255;
        int properties = body[2 + topic + 2] & 255;
        int start = 2 + topic + 2 + 1 + properties;
        return new String(body, 2, topic, StandardCharsets.UTF_8) + "="
                + new String(body, start, body.length - start, StandardCharsets.UTF_8);
    }

    /** The next packet of a type; messages that come before it are kept for {@link #message}. */
    private Packet expect(int type) throws IOException {
        if (type == PUBLISH && !messages.isEmpty()) {
            return messages.remove();
        }
        Packet packet = read();
        while (packet.type() == PUBLISH && type != PUBLISH) {
            messages.add(packet);
            packet = read();
        }
        if (packet.type() != type) {
            throw new IOException("expected packet type " + type + " but got " + packet.type());
        }
        return packet;
    }

    private Packet read() throws IOException {
        int head = in.readUnsignedByte();
        int length = 0;
        for (int shift = 0, b = 128; (b & 128) != 0; shift += 7) {
            b = in.readUnsignedByte();
            length |= (b & 127) << shift;
        }
        return new Packet(head >> 4, head & 15, in.readNBytes(length));
    }

    private void send(int head, Body body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(head);
        int n = body.bytes.size();
        do {
            packet.write(n % 128 | (n >= 128 ? 128 : 0));
            n /= 128;
        } while (n > 0);
        body.bytes.writeTo(packet);
        out.write(packet.toByteArray());
        out.flush();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static final class Body {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final DataOutputStream data = new DataOutputStream(bytes);

        private void text(String s) throws IOException {
            data.writeUTF(s);
        }
    }
}
