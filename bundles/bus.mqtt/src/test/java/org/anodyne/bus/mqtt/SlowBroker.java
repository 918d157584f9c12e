package org.anodyne.bus.mqtt;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;

/** One connection of MQTT 5 by hand: packets are read and answered when the test says so. Thread: the test's. */
final class SlowBroker implements AutoCloseable {
    static final int CONNECT = 1;
    static final int SUBSCRIBE = 8;
    static final int DISCONNECT = 14;
    private static final int WAIT_MILLIS = 20_000;

    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private Socket client;
    private byte[] last = {};

    SlowBroker() throws IOException {
        server.setSoTimeout(WAIT_MILLIS);
    }

    String uri() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** Type of the next packet; 0 when the client has closed the connection. */
    int next() throws IOException {
        if (client == null) {
            client = server.accept();
            client.setSoTimeout(WAIT_MILLIS);
        }
        DataInputStream in = new DataInputStream(client.getInputStream());
        int first = in.read();
        if (first < 0) {
            return 0;
        }
        int length = 0;
        for (int shift = 0, b = 0x80; (b & 0x80) != 0; shift += 7) {
            b = in.readUnsignedByte();
            length |= (b & 0x7f) << shift;
        }
        last = in.readNBytes(length);
        return first >> 4;
    }

    /** Whether the client sent or closed nothing for this long. */
    boolean quiet(int millis) throws IOException {
        client.setSoTimeout(millis);
        try {
            next();
            return false;
        } catch (java.net.SocketTimeoutException e) {
            return true;
        } finally {
            client.setSoTimeout(WAIT_MILLIS);
        }
    }

    void acknowledgeConnection() throws IOException {
        send(0x20, 0, 0, 0);
    }

    /** Answers the SUBSCRIBE that was read last. */
    void acknowledgeSubscription() throws IOException {
        ByteBuffer b = ByteBuffer.wrap(last);
        int id = b.getShort() & 0xffff;
        b.position(b.position() + 1 + b.get(b.position())); // properties, shorter than 128 bytes
        int filters = 0;
        for (; b.hasRemaining(); filters++) {
            int size = b.getShort() & 0xffff;
            b.position(b.position() + size + 1);
        }
        int[] body = new int[3 + filters];
        body[0] = id >> 8;
        body[1] = id & 0xff;
        java.util.Arrays.fill(body, 3, body.length, 1);
        send(0x90, body);
    }

    private void send(int type, int... body) throws IOException {
        byte[] packet = new byte[2 + body.length];
        packet[0] = (byte) type;
        packet[1] = (byte) body.length;
        for (int i = 0; i < body.length; i++) {
            packet[2 + i] = (byte) body[i];
        }
        OutputStream out = client.getOutputStream();
        out.write(packet);
        out.flush();
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
        server.close();
    }
}
