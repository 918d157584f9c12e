package org.anodyne.bus.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A TCP proxy on 127.0.0.1 that can cut all connections, refuse new ones, and freeze with connections open. */
final class CuttableProxy implements AutoCloseable {
    private final ServerSocket server;
    private final int target;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Object gate = new Object();
    private volatile boolean closed;
    private volatile boolean refusing;
    private boolean frozen;
    private volatile int accepted;

    CuttableProxy(int target) throws IOException {
        this.target = target;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start(this::accept, "accept");
    }

    String uri() {
        return "tcp://127.0.0.1:" + server.getLocalPort();
    }

    /** Connections taken so far. */
    int accepted() {
        return accepted;
    }

    /** Ends all connections in the middle of whatever passes. */
    void cut() {
        for (Socket s : sockets) {
            sockets.remove(s); // one by one: a new connection may come meanwhile
            close(s);
        }
    }

    /** Accepts and ends at once, as a proxy without a server does. */
    void refuse(boolean on) {
        refusing = on;
        if (on) {
            cut();
        }
    }

    /** Lets nothing pass, and holds what comes. */
    void freeze(boolean on) {
        synchronized (gate) {
            frozen = on;
            gate.notifyAll();
        }
    }

    private void accept() {
        while (!closed) {
            try {
                Socket near = server.accept();
                accepted++;
                if (refusing) {
                    close(near);
                    continue;
                }
                Socket far = new Socket();
                sockets.add(near);
                sockets.add(far);
                try {
                    far.connect(new InetSocketAddress("127.0.0.1", target), 1000);
                    near.setTcpNoDelay(true);
                    far.setTcpNoDelay(true);
                    start(() -> pass(near, far), "up");
                    start(() -> pass(far, near), "down");
                } catch (IOException e) {
                    close(near);
                    close(far);
                }
            } catch (IOException e) {
                if (closed) {
                    return;
                }
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
                        gate.wait(1000);
                    }
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // cut: that is what it is for
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            close(from);
            close(to);
            sockets.remove(from);
            sockets.remove(to);
        }
    }

    private static void close(Socket s) {
        try {
            s.close();
        } catch (IOException e) {
            // it is closed
        }
    }

    private static void start(Runnable task, String name) {
        Thread t = new Thread(task, "proxy " + name);
        t.setDaemon(true);
        t.start();
    }

    @Override
    public void close() throws IOException {
        closed = true;
        server.close();
        cut();
        freeze(false);
    }
}
