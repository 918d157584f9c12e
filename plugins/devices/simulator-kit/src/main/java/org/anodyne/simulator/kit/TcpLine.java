package org.anodyne.simulator.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;

/** The line over TCP on the loopback address: one host at a time, the next one waits until the first has gone. */
final class TcpLine implements Line {

    private final ServerSocket server;
    private final LineWriter writer = new LineWriter("line-writer");
    private final Object lock = new Object();

    private Socket client;
    private boolean cut;

    /**
     * Takes the port, 0 for any free one.
     *
     * @throws UncheckedIOException when the port is taken
     */
    TcpLine(int port) {
        try {
            server = new ServerSocket();
            server.setReuseAddress(true);
            server.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "Port " + port + " of 127.0.0.1 could not be opened: choose another one, or 0 for any", e);
        }
    }

    @Override
    public void open(Listener listener) {
        Thread thread = new Thread(() -> serve(listener), "line-reader");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void write(byte[] bytes) {
        writer.write(bytes);
    }

    @Override
    public void cut(boolean isCut) {
        synchronized (lock) {
            cut = isCut;
            if (isCut) {
                hangUp();
            }
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            cut = true;
            hangUp();
        }
        writer.close();
        closeQuietly(server);
    }

    private void serve(Listener listener) {
        while (!server.isClosed()) {
            try (Socket accepted = server.accept()) {
                accepted.setTcpNoDelay(true);
                synchronized (lock) {
                    if (cut) {
                        continue;
                    }
                    client = accepted;
                    writer.connect(accepted.getOutputStream());
                }
                listener.connected(true, System.nanoTime());
                try {
                    listen(accepted.getInputStream(), listener);
                } finally {
                    writer.connect(null);
                    listener.connected(false, System.nanoTime());
                }
            } catch (IOException gone) {
                // A host that breaks off is an everyday thing here; the next one is welcome.
                continue;
            }
        }
    }

    private static void listen(InputStream in, Listener listener) throws IOException {
        byte[] buffer = new byte[4096];
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            listener.heard(Arrays.copyOf(buffer, count), System.nanoTime());
        }
    }

    private void hangUp() {
        writer.connect(null);
        if (client != null) {
            closeQuietly(client);
            client = null;
        }
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception alreadyGone) {
            // Closing is all that was wanted.
            return;
        }
    }
}
