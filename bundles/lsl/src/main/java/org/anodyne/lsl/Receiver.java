package org.anodyne.lsl;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.anodyne.lsl.wire.FeedEncoder;
import org.anodyne.lsl.wire.Handshake;
import org.anodyne.lsl.wire.InfoXml;
import org.anodyne.lsl.wire.Query;

/** One connection to an outlet. Thread: the outlet's, but for {@link #offer}, {@link #fed} and {@link #dropped}. */
final class Receiver {
    private static final double REQUEST_SECONDS = 5;

    /** A receiver that takes nothing for this long is let go. */
    private static final double STUCK_SECONDS = 60;

    private static final int MOST_SAMPLES = 200_000;

    /** Most that waits for one receiver, in values of eight bytes; texts count by their length. */
    private static final long MOST_WEIGHT = 4_000_000;

    private static final int AT_ONCE_BYTES = 65_536;

    private record Waiting(Sample sample, boolean deducible) {}

    private final StreamInfo info;
    private final Element tree;
    private final SocketChannel channel;
    private final StringBuilder request = new StringBuilder();
    private final Deque<Waiting> queue = new ArrayDeque<>();
    private final double came = LslClock.seconds();
    private SelectionKey key;
    private ByteBuffer out = ByteBuffer.allocate(0);
    private FeedEncoder encoder;
    private volatile boolean feeding;
    private boolean ending;
    private boolean gone;
    private double moved = came;

    // guarded by queue
    private int room;
    private long weight;
    private long dropped;
    private boolean explicit = true;

    Receiver(StreamInfo info, Element tree, SocketChannel channel) {
        this.info = info;
        this.tree = tree;
        this.channel = channel;
    }

    void key(SelectionKey registered) {
        key = registered;
    }

    boolean fed() {
        return feeding;
    }

    long dropped() {
        synchronized (queue) {
            return dropped;
        }
    }

    /** Lets a sample wait for this receiver; drops the oldest when there is no room. Thread: any. */
    void offer(Sample sample, boolean deducible) {
        if (!feeding) {
            return;
        }
        synchronized (queue) {
            weight += sample.values().weight();
            while (queue.size() >= room || weight > MOST_WEIGHT && !queue.isEmpty()) {
                weight -= queue.poll().sample().values().weight();
                dropped++;
                explicit = true;
            }
            queue.add(new Waiting(sample, deducible));
        }
    }

    void ready(SelectionKey ready) {
        try {
            if (ready.isReadable()) {
                read();
            }
            if (ready.isValid() && ready.isWritable()) {
                write();
            }
        } catch (IOException | RuntimeException e) {
            // Who breaks off or talks nonsense is let go; it says nothing about the stream.
            gone = true;
        }
    }

    private void read() throws IOException {
        ByteBuffer in = ByteBuffer.allocate(4096);
        int count = channel.read(in);
        if (count < 0) {
            gone = true;
            return;
        }
        if (encoder != null || ending) {
            return; // A receiver has nothing more to say.
        }
        request.append(new String(in.array(), 0, count, StandardCharsets.ISO_8859_1));
        if (Handshake.complete(request.toString())) {
            serve(Handshake.request(request.toString(), info.format()));
        } else if (request.length() > Handshake.MOST_BYTES) {
            gone = true;
        }
    }

    private void serve(Handshake.Request asked) throws IOException {
        if (asked instanceof Handshake.Request.FullInfo) {
            say(InfoXml.fullInfo(info).getBytes(StandardCharsets.UTF_8));
            ending = true;
        } else if (asked instanceof Handshake.Request.ShortInfo question) {
            if (Query.parse(question.query()).matches(tree)) {
                say(InfoXml.shortInfo(info).getBytes(StandardCharsets.UTF_8));
            }
            ending = true;
        } else if (asked instanceof Handshake.Request.Feed feed) {
            if (feed.version() / 100 != Handshake.VERSION / 100
                    || feed.version() < Handshake.VERSION
                    || !feed.binary()) {
                say(Handshake.notSupported());
                ending = true;
            } else if (!feed.uid().isEmpty() && !feed.uid().equals(info.uid())) {
                say(Handshake.notFound());
                ending = true;
            } else {
                begin(feed.order(), feed.buffer());
            }
        }
        write();
    }

    private void begin(ByteOrder order, int buffer) {
        encoder = new FeedEncoder(info.format(), info.channelCount(), order);
        say(Handshake.consent(info.uid(), order));
        say(encoder.preamble());
        synchronized (queue) {
            room = buffer > 0 ? Math.min(buffer, MOST_SAMPLES) : MOST_SAMPLES;
        }
        feeding = true;
    }

    private void say(byte[] bytes) {
        ByteBuffer more = ByteBuffer.allocate(out.remaining() + bytes.length);
        out = more.put(out).put(bytes).flip();
    }

    /** Writes what the socket takes. */
    void write() {
        try {
            while (!gone) {
                if (!out.hasRemaining() && encoder != null) {
                    fill();
                }
                if (!out.hasRemaining()) {
                    moved = LslClock.seconds();
                    interest(SelectionKey.OP_READ);
                    gone |= ending;
                    return;
                }
                if (channel.write(out) == 0) {
                    interest(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
                    return;
                }
                moved = LslClock.seconds();
            }
        } catch (IOException | RuntimeException e) {
            gone = true;
        }
    }

    private void fill() {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        synchronized (queue) {
            while (bytes.size() < AT_ONCE_BYTES && !queue.isEmpty()) {
                Waiting next = queue.poll();
                weight -= next.sample().values().weight();
                bytes.writeBytes(encoder.encode(next.sample(), next.deducible() && !explicit));
                explicit = false;
            }
        }
        out = ByteBuffer.wrap(bytes.toByteArray());
    }

    private void interest(int operations) {
        if (key.isValid() && key.interestOps() != operations) {
            key.interestOps(operations);
        }
    }

    /** Whether something still waits to be sent to it. */
    boolean owed() {
        synchronized (queue) {
            return encoder != null && !gone && (out.hasRemaining() || !queue.isEmpty());
        }
    }

    /** Whether it is to be let go. */
    boolean over(double now) {
        boolean mute = encoder == null && !ending && now > came + REQUEST_SECONDS;
        boolean stuck = out.hasRemaining() && now > moved + (encoder == null ? REQUEST_SECONDS : STUCK_SECONDS);
        return gone || mute || stuck;
    }

    void close() {
        feeding = false;
        Outlet.quietly(channel);
    }
}
