package org.anodyne.lsl;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import org.anodyne.lsl.wire.Datagrams;
import org.anodyne.lsl.wire.FeedDecoder;
import org.anodyne.lsl.wire.Handshake;

/** One connection of an inlet: samples over TCP, probes of the clock over UDP. Thread: the inlet's, but for {@link #wake}. */
final class Feed {
    private static final double BEGIN_SECONDS = 5;

    /** Without any sign of life for this long the other end counts as gone. */
    private static final double SILENCE_SECONDS = 7;

    /** Most values, and eighths of texts' characters, that wait for the first comparison of the clocks. */
    private static final long MOST_WAITING = 4_000_000;

    /** Most answers that are read at once, so that who sends them without end does not keep the thread. */
    private static final int MOST_ANSWERS = 64;

    private final BooleanSupplier closing;
    private volatile Selector selector;

    Feed(BooleanSupplier closing) {
        this.closing = closing;
    }

    /** Lets {@link #run} look whether it is to end. */
    void wake() {
        Selector now = selector;
        if (now != null) {
            now.wakeup();
        }
    }

    /**
     * Runs until the connection is lost or the inlet closes.
     *
     * @throws IOException when it is lost; the message is for a person
     */
    void run(StreamInfo info, int bufferSamples, Inlet.Listener listener) throws IOException {
        for (int size : Handshake.TEXT_SIZES) {
            if (run(info, Handshake.feed(info, bufferSamples, size), listener)) {
                return;
            }
        }
        throw new MalformedException("the other end sends data of another version than 1.10");
    }

    /** Whether it ran; false when the other end was not content with how we write texts. */
    private boolean run(StreamInfo info, byte[] request, Inlet.Listener listener) throws IOException {
        try (Selector open = Selector.open();
                SocketChannel data = SocketChannel.open(StandardProtocolFamily.INET);
                DatagramChannel clock = DatagramChannel.open(StandardProtocolFamily.INET)) {
            selector = open;
            data.configureBlocking(false);
            data.setOption(StandardSocketOptions.TCP_NODELAY, true);
            boolean connected = data.connect(new InetSocketAddress(info.address(), info.dataPort()));
            SelectionKey dataKey = data.register(open, connected ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            clock.configureBlocking(false);
            if (info.servicePort() > 0) {
                clock.connect(new InetSocketAddress(info.address(), info.servicePort()));
                clock.register(open, SelectionKey.OP_READ);
            }
            Connection connection = new Connection(info, listener, data, clock, request);
            if (connected) {
                connection.request();
            }
            while (!closing.getAsBoolean()) {
                double now = LslClock.seconds();
                double wait = connection.due(now) - now;
                if (wait > 0) {
                    open.select(Math.max(1, (long) Math.ceil(wait * 1000)));
                } else {
                    open.selectNow();
                }
                for (SelectionKey key : open.selectedKeys()) {
                    if (key.channel() == clock) {
                        connection.clock();
                    } else if (key.isConnectable()) {
                        data.finishConnect();
                        key.interestOps(SelectionKey.OP_READ);
                        connection.request();
                    } else {
                        connection.data();
                    }
                }
                open.selectedKeys().clear();
                if (data.isConnected()) {
                    // Who sends more than can wait is read no further until the clocks have been compared.
                    dataKey.interestOps(connection.full() ? 0 : SelectionKey.OP_READ);
                }
                if (connection.otherVersion) {
                    return false;
                }
            }
            return true;
        } finally {
            selector = null;
        }
    }

    private static final class Connection {
        private final StreamInfo info;
        private final Inlet.Listener listener;
        private final SocketChannel data;
        private final DatagramChannel clock;
        private final byte[] request;
        private final double began = LslClock.seconds();
        private final ClockProbes probes =
                new ClockProbes(ThreadLocalRandom.current().nextInt(), began);
        private final ByteBuffer in = ByteBuffer.allocate(65_536);
        private final ByteBuffer datagram = ByteBuffer.allocate(2048);
        private final StringBuilder head = new StringBuilder();
        private final List<Sample> waiting = new ArrayList<>();

        private FeedDecoder decoder;
        private ClockOffset offset;
        private boolean flowing;
        private long waitingWeight;
        private boolean otherVersion;
        private double lastSign = began;

        private Connection(
                StreamInfo info, Inlet.Listener listener, SocketChannel data, DatagramChannel clock, byte[] request) {
            this.info = info;
            this.listener = listener;
            this.data = data;
            this.clock = clock;
            this.request = request;
        }

        private void request() throws IOException {
            ByteBuffer out = ByteBuffer.wrap(request);
            data.write(out);
            if (out.hasRemaining()) {
                throw new IOException("the other end takes no request");
            }
        }

        /** Does what is due, and tells when to be called next, seconds. */
        private double due(double now) throws IOException {
            if (clock.isConnected()) {
                var probe = probes.probe(now);
                if (probe.isPresent()) {
                    send(probe.get());
                }
            }
            var result = probes.result(now);
            if (result.isPresent()) {
                offset = result.get();
                if (flowing) {
                    listener.clock(offset);
                }
            }
            flow();
            if (!flowing && now > began + BEGIN_SECONDS) {
                throw new IOException(
                        decoder == null || !decoder.begun()
                                ? "it did not send the beginning of the stream within " + BEGIN_SECONDS + " s"
                                : "it does not answer questions for the time on UDP port " + info.servicePort()
                                        + "; open that port in the firewall");
            }
            if (now > lastSign + SILENCE_SECONDS) {
                throw new IOException("no sign of life for " + SILENCE_SECONDS + " s");
            }
            return Math.min(probes.nextDue(), now + 1);
        }

        private void send(byte[] probe) {
            try {
                clock.write(ByteBuffer.wrap(probe));
            } catch (IOException e) {
                // A probe that does not arrive is like one that is not answered.
                return;
            }
        }

        private void flow() {
            if (flowing || offset == null || decoder == null || !decoder.begun()) {
                return;
            }
            flowing = true;
            listener.connected(info, offset);
            waiting.forEach(this::hand);
            waiting.clear();
        }

        private boolean full() {
            return !flowing && waitingWeight > MOST_WAITING;
        }

        private void hand(Sample sample) {
            listener.sample(sample, sample.time() + offset.correctionSeconds());
        }

        private void clock() {
            try {
                for (int i = 0; i < MOST_ANSWERS; i++) {
                    datagram.clear();
                    if (clock.read(datagram) <= 0) {
                        return;
                    }
                    double now = LslClock.seconds();
                    probes.answered(Datagrams.timeAnswer(Arrays.copyOf(datagram.array(), datagram.position())), now);
                    lastSign = now;
                }
            } catch (IOException e) {
                // Unreachable or damaged: that probe has no answer.
                return;
            }
        }

        private void data() throws IOException {
            in.clear();
            int count = data.read(in);
            if (count < 0) {
                throw new IOException("the other end closed the connection");
            }
            lastSign = LslClock.seconds();
            if (decoder == null) {
                head(count);
            } else {
                decoder.feed(in.array(), count, this::sample);
            }
            flow();
        }

        private void head(int count) throws IOException {
            head.append(new String(in.array(), 0, count, StandardCharsets.ISO_8859_1));
            int end = head.indexOf("\r\n\r\n");
            boolean refused = head.indexOf("\r\n") > 0 && !head.toString().contains(" 200 ");
            if (end < 0 && !refused) {
                if (head.length() > Handshake.MOST_BYTES) {
                    throw new MalformedException("an answer of more than " + Handshake.MOST_BYTES + " bytes");
                }
                return;
            }
            Handshake.Consent consent =
                    Handshake.consent(head.substring(0, end < 0 ? head.length() : end + 4), info.uid());
            if (consent.version() != Handshake.VERSION) {
                if (info.format() != ChannelFormat.STRING) {
                    throw new MalformedException("the other end sends data of another version than 1.10");
                }
                otherVersion = true;
                return;
            }
            decoder = new FeedDecoder(info.format(), info.channelCount(), info.rateHz(), consent.order());
            byte[] rest = head.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
            decoder.feed(rest, rest.length, this::sample);
        }

        private void sample(Sample sample) {
            if (flowing) {
                hand(sample);
            } else {
                waiting.add(sample);
                waitingWeight += sample.values().weight();
            }
        }
    }
}
