package org.anodyne.bench.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network between a process and its broker that can be cut and frozen. Thread: any. */
final class BusProxy implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final InetSocketAddress broker;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private boolean frozen;
    private volatile boolean cut;
    private volatile boolean closed;

    /** @param uri of the broker, {@code tcp://HOST:PORT} */
    BusProxy(String uri) throws IOException {
        String[] parts = uri.substring("tcp://".length()).split(":");
        broker = new InetSocketAddress(parts[0], Integer.parseInt(parts[1]));
        daemon(this::accept);
    }

    String uri() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** Ends all connections and takes no new ones, or takes them again. */
    void cut(boolean now) {
        cut = now;
        if (now) {
            sockets.forEach(BusProxy::close);
            sockets.clear();
        }
    }

    /** Holds everything that passes, connections stay; or lets it go. */
    void freeze(boolean now) {
        synchronized (gate) {
            frozen = now;
            gate.notifyAll();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = server.accept();
                if (cut) {
                    close(near);
                    continue;
                }
                Socket far = new Socket();
                far.connect(broker, 1_000);
                near.setTcpNoDelay(true);
                far.setTcpNoDelay(true);
                sockets.add(near);
                sockets.add(far);
                daemon(() -> pass(near, far));
                daemon(() -> pass(far, near));
            } catch (IOException e) {
                // closed, or the broker is not there: who connects tries again
                continue;
            }
        }
    }

    private void pass(Socket from, Socket to) {
        byte[] buffer = new byte[16 * 1024];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                synchronized (gate) {
                    while (frozen && !closed) {
                        gate.wait(1_000);
                    }
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // Cut: that is what it is for.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed either way.
            return;
        }
    }

    private static void daemon(Runnable task) {
        Thread t = new Thread(task, "bench-proxy");
        t.setDaemon(true);
        t.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        cut(true);
        freeze(false);
    }
}
