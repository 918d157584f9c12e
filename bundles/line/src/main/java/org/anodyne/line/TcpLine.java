package org.anodyne.line;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/** A line over TCP. */
final class TcpLine implements Line {
    private final SocketChannel channel;

    private TcpLine(SocketChannel channel) {
        this.channel = channel;
    }

    static TcpLine open(String host, int port, Duration patience) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.socket().connect(new InetSocketAddress(host, port), (int) Math.max(1, patience.toMillis()));
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            return new TcpLine(channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] into) throws IOException {
        int count = channel.read(ByteBuffer.wrap(into));
        if (count < 0) {
            throw new IOException("the other end closed the connection");
        }
        return count;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
        int count = channel.write(ByteBuffer.wrap(bytes));
        if (count < bytes.length) {
            throw new IOException("the other end takes no more bytes");
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It is gone either way.
        }
    }
}
