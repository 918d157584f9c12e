package org.anodyne.plugins.tensrehastim;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A stimulator on a TCP port that says yes to everything; one connection after the other on one thread. */
final class FakeStimulator implements AutoCloseable {
    private final ServerSocket server;
    private final Thread thread;
    private final List<Packet> received = new CopyOnWriteArrayList<>();
    private volatile UnaryOperator<byte[]> distortion = UnaryOperator.identity();
    private volatile Socket connection;

    FakeStimulator() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        thread = new Thread(this::serve, "fake-stimulator");
        thread.setDaemon(true);
        thread.start();
    }

    String address() {
        return "tcp:127.0.0.1:" + server.getLocalPort();
    }

    /** What to do with answers before they leave. */
    void distort(UnaryOperator<byte[]> how) {
        distortion = how;
    }

    /** All packets that came in. */
    List<Packet> received() {
        return new ArrayList<>(received);
    }

    /** Sends something unasked. */
    void say(Packet packet) throws IOException {
        connection.getOutputStream().write(packet.encoded());
    }

    void hangUp() throws IOException {
        connection.close();
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                connection = socket;
                socket.setTcpNoDelay(true);
                talk(socket.getInputStream(), socket.getOutputStream());
            } catch (IOException e) {
                // The other end hung up, or the test is over.
            }
        }
    }

    private void talk(InputStream in, OutputStream out) throws IOException {
        out.write(Packet.of(0, Packet.INIT, 1).encoded());
        PacketParser parser = new PacketParser();
        for (int b = in.read(); b >= 0; b = in.read()) {
            Optional<PacketParser.Received> got = parser.next((byte) b);
            if (got.isPresent() && got.get() instanceof PacketParser.Received.Whole whole) {
                received.add(whole.packet());
                answer(whole.packet(), out);
            }
        }
    }

    private void answer(Packet packet, OutputStream out) throws IOException {
        if (packet.command() != Packet.INIT_ACK && packet.command() != Packet.WATCHDOG) {
            Packet answer = packet.command() == Packet.GET_STIM_MODE
                    ? Packet.of(packet.number(), Packet.GET_STIM_MODE_ACK, 0, 0)
                    : Packet.of(packet.number(), packet.command() + 1, 0);
            out.write(distortion.apply(answer.encoded()));
        }
    }

    @Override
    public void close() throws Exception {
        server.close();
        Socket now = connection;
        if (now != null) {
            now.close();
        }
        thread.join(5000);
    }
}
