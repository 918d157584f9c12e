package org.anodyne.bus.mqtt.net;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;

/**
 * A TCP connection without delay for small packets, read and written in large pieces.
 *
 * <p>The client library starts its threads one after the other and waits for each without end; when the receiver fails
 * before the others run, the thread that connects waits for ever. So a failure is reported only after the CONNECT packet
 * has been written, which the library does last.
 */
final class BusNetworkModule implements NetworkModule {
    private static final int READ_TIMEOUT_MILLIS = 1000; // the library looks once a second whether it should end

    private final String host;
    private final int port;
    private final int connectTimeoutMillis;
    private final Socket socket = new Socket();
    private final Object started = new Object();
    private boolean connectWritten;

    BusNetworkModule(String host, int port, int connectTimeoutMillis) {
        this.host = host;
        this.port = port;
        this.connectTimeoutMillis = connectTimeoutMillis;
    }

    @Override
    public void start() throws IOException {
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(host, port), connectTimeoutMillis);
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return new PacketInputStream(socket.getInputStream(), this::raise);
    }

    @Override
    public OutputStream getOutputStream() throws IOException {
        return new BufferedOutputStream(
                new FilterOutputStream(socket.getOutputStream()) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        try {
                            out.write(bytes, offset, length);
                        } finally {
                            markWritten();
                        }
                    }
                },
                64 * 1024);
    }

    @Override
    public void stop() throws IOException {
        markWritten();
        socket.close();
    }

    @Override
    public String getServerURI() {
        return "tcp://" + host + ":" + port;
    }

    private void markWritten() {
        synchronized (started) {
            connectWritten = true;
            started.notifyAll();
        }
    }

    private void raise(IOException e) throws IOException {
        synchronized (started) {
            if (!connectWritten) {
                try {
                    started.wait(READ_TIMEOUT_MILLIS);
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    throw e;
                }
                throw new SocketTimeoutException("the connection failed before it was used: " + e.getMessage());
            }
        }
        throw e;
    }
}
