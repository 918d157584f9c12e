package org.anodyne.simulator.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Writes on a thread of its own, so that a host that does not read cannot hold up the device. As on a serial line without
 * flow control, what does not fit is lost.
 */
final class LineWriter {

    private record Chunk(OutputStream to, byte[] bytes) {}

    /** Bytes, and not writes: a device that sends byte by byte has no less room than another. */
    private static final int ROOM_BYTES = 64 << 10;

    private final BlockingQueue<Chunk> chunks = new LinkedBlockingQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final Thread thread;

    private volatile OutputStream peer;

    LineWriter(String name) {
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Where bytes go from now on; null when nobody is connected. */
    void connect(OutputStream out) {
        peer = out;
    }

    /** Puts bytes in line for the present peer, if there is one. Does not block. */
    void write(byte[] bytes) {
        OutputStream to = peer;
        if (to == null) {
            return;
        }
        if (waiting.addAndGet(bytes.length) > ROOM_BYTES) {
            waiting.addAndGet(-bytes.length);
        } else {
            chunks.add(new Chunk(to, bytes));
        }
    }

    void close() {
        thread.interrupt();
    }

    private void run() {
        try {
            while (true) {
                Chunk chunk = chunks.take();
                waiting.addAndGet(-chunk.bytes().length);
                if (chunk.to() != peer) {
                    continue;
                }
                try {
                    chunk.to().write(chunk.bytes());
                    chunk.to().flush();
                } catch (IOException gone) {
                    // The reading side notices the same and reports it.
                    continue;
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }
}
