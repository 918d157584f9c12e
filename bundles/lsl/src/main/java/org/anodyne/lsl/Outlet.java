package org.anodyne.lsl;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anodyne.lsl.wire.Datagrams;
import org.anodyne.lsl.wire.InfoXml;
import org.anodyne.lsl.wire.Query;

/**
 * Offers a stream: answers who looks for it, tells the time, and sends samples to everybody who asks for them, all on one
 * thread of its own. A receiver that is slow loses the oldest samples that wait for it and disturbs nobody else.
 *
 * <p>Thread: any, for all methods; {@link #push} never blocks for the network.
 */
public final class Outlet implements AutoCloseable {
    private static final Duration END = Duration.ofSeconds(5);
    private static final int MOST_RECEIVERS = 64;
    private static final int MOST_DATAGRAMS_AT_ONCE = 256;
    private static final long LOOK_MILLIS = 1000;
    /** So often in a row nobody who is still owed something takes any of it: half a second. */
    private static final int FAREWELL_SLICES = 25;

    private static final long FAREWELL_SLICE_MILLIS = 20;
    /** Before {@link #END}, after which the thread is given up. */
    private static final double FAREWELL_SECONDS = 4;

    private final StreamInfo info;
    private final Network network;
    private final org.anodyne.lsl.Element tree;
    private final Selector selector;
    private final ServerSocketChannel server;
    private final DatagramChannel service;
    private final DatagramChannel group;
    private final List<Receiver> receivers = new CopyOnWriteArrayList<>();
    private final Thread owner;
    private final ByteBuffer datagram = ByteBuffer.allocate(Datagrams.MOST_BYTES);
    private volatile boolean closing;
    private boolean explicit = true;
    private double lastTime;

    private Outlet(StreamInfo wanted, Network network) throws IOException {
        this.network = network;
        List<AutoCloseable> open = new ArrayList<>();
        try {
            selector = keep(Selector.open(), open);
            server = keep(ServerSocketChannel.open(StandardProtocolFamily.INET), open);
            service = keep(DatagramChannel.open(StandardProtocolFamily.INET), open);
            bind();
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            service.configureBlocking(false);
            service.register(selector, SelectionKey.OP_READ);
            group = network.loopbackOnly() ? null : keep(joined(), open);
            info = wanted.offered(
                    UUID.randomUUID().toString(),
                    hostname(),
                    LslClock.seconds(),
                    ((InetSocketAddress) server.getLocalAddress()).getPort(),
                    ((InetSocketAddress) service.getLocalAddress()).getPort());
        } catch (IOException | RuntimeException e) {
            for (AutoCloseable each : open) {
                quietly(each);
            }
            throw e;
        }
        tree = InfoXml.tree(info);
        owner = new Thread(this::run, "lsl-outlet-" + info.name());
        owner.setDaemon(true);
    }

    /**
     * Opens the ports and offers the stream from now on.
     *
     * @param wanted what is offered; uid, host, ports and time of creation are filled in
     * @throws IOException when no port can be opened
     */
    public static Outlet open(StreamInfo wanted, Network network) throws IOException {
        Outlet outlet = new Outlet(wanted, network);
        outlet.owner.start();
        return outlet;
    }

    private static <T extends AutoCloseable> T keep(T opened, List<AutoCloseable> open) {
        open.add(opened);
        return opened;
    }

    /** Ports within the range are found by who asks directly; beyond it an outlet is found by multicast alone. */
    private void bind() throws IOException {
        InetAddress host = InetAddress.getByName(network.loopbackOnly() ? "127.0.0.1" : "0.0.0.0");
        boolean data = false;
        boolean time = false;
        for (int port = network.basePort(); port < network.basePort() + network.portRange(); port++) {
            data = data || bound(() -> server, new InetSocketAddress(host, port));
            time = time || bound(() -> service, new InetSocketAddress(host, port));
        }
        if (!data) {
            server.bind(new InetSocketAddress(host, 0));
        }
        if (!time) {
            if (network.loopbackOnly()) {
                throw new IOException("all " + network.portRange() + " UDP ports from " + network.basePort()
                        + " on are taken, so the stream could not be found; end other outlets or widen the range");
            }
            service.bind(new InetSocketAddress(host, 0));
        }
    }

    private interface Bindable {
        java.nio.channels.NetworkChannel channel();
    }

    private static boolean bound(Bindable what, InetSocketAddress to) throws IOException {
        try {
            what.channel().bind(to);
            return true;
        } catch (java.net.BindException e) {
            return false;
        }
    }

    private DatagramChannel joined() throws IOException {
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(new InetSocketAddress("0.0.0.0", network.multicastPort()));
            for (String address : network.groups()) {
                for (NetworkInterface each : Resolver.interfaces()) {
                    try {
                        channel.join(InetAddress.getByName(address), each);
                    } catch (IOException | IllegalStateException e) {
                        // A group that this interface does not take, or has already; the others remain.
                        continue;
                    }
                }
            }
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            return channel;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static String hostname() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** The stream as it is offered. */
    public StreamInfo info() {
        return info;
    }

    /** How many receivers there are now. */
    public int receivers() {
        return (int) receivers.stream().filter(Receiver::fed).count();
    }

    /** How many samples were dropped because receivers were slow, added over those that are connected. */
    public long dropped() {
        return receivers.stream().mapToLong(Receiver::dropped).sum();
    }

    /**
     * Sends a sample.
     *
     * @throws IllegalArgumentException when its values do not fit the stream
     */
    public void push(Sample sample) {
        if (sample.values().size() != info.channelCount()
                || sample.values() instanceof Sample.Texts != (info.format() == ChannelFormat.STRING)) {
            throw new IllegalArgumentException("stream '" + info.name() + "' has " + info.channelCount()
                    + " channels of " + info.format().label() + "; a sample of "
                    + sample.values().size()
                    + " values of another kind does not fit");
        }
        synchronized (this) {
            double expected = lastTime + (info.rateHz() > 0 ? 1 / info.rateHz() : 0);
            // A receiver deduces exactly this sum; only a time that is that very number may be left out.
            boolean deducible = !explicit && info.rateHz() > 0 && sample.time() == expected;
            explicit = false;
            lastTime = sample.time();
            receivers.forEach(r -> r.offer(sample, deducible));
        }
        selector.wakeup();
    }

    /** Ends the thread and closes everything. Idempotent. */
    @Override
    public void close() {
        closing = true;
        selector.wakeup();
        try {
            owner.join(END.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!closing) {
                selector.select(LOOK_MILLIS);
                for (SelectionKey key : selector.selectedKeys()) {
                    if (!key.isValid()) {
                        continue;
                    }
                    if (key.channel() == server) {
                        accept();
                    } else if (key.channel() instanceof DatagramChannel channel) {
                        answer(channel);
                    } else {
                        ((Receiver) key.attachment()).ready(key);
                    }
                }
                selector.selectedKeys().clear();
                double now = LslClock.seconds();
                for (Receiver each : receivers) {
                    each.write();
                    if (each.over(now)) {
                        receivers.remove(each);
                        each.close();
                    }
                }
            }
            farewell();
        } catch (IOException e) {
            throw new UncheckedIOException("outlet '" + info.name() + "' can offer nothing more", e);
        } finally {
            receivers.forEach(Receiver::close);
            quietly(server);
            quietly(service);
            quietly(group);
            quietly(selector);
        }
    }

    /** What was pushed before the end still goes to who takes it at once, such as the last marker of a session. */
    private void farewell() throws IOException {
        server.close();
        double until = LslClock.seconds() + FAREWELL_SECONDS;
        receivers.forEach(Receiver::write);
        int idle = 0;
        while (receivers.stream().anyMatch(Receiver::owed) && idle < FAREWELL_SLICES && LslClock.seconds() < until) {
            idle = selector.select(FAREWELL_SLICE_MILLIS) > 0 ? 0 : idle + 1;
            selector.selectedKeys().clear();
            receivers.forEach(Receiver::write);
        }
    }

    private void accept() {
        SocketChannel channel;
        try {
            channel = server.accept();
        } catch (IOException e) {
            // Gone again, or no more files can be opened for now: those who are served already remain so.
            return;
        }
        if (channel == null) {
            return;
        }
        if (receivers.size() >= MOST_RECEIVERS) {
            quietly(channel);
            return;
        }
        try {
            channel.configureBlocking(false);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Receiver receiver = new Receiver(info, tree, channel);
            receiver.key(channel.register(selector, SelectionKey.OP_READ, receiver));
            receivers.add(receiver);
        } catch (IOException e) {
            // Gone before it was greeted.
            quietly(channel);
        }
    }

    private void answer(DatagramChannel channel) {
        for (int i = 0; i < MOST_DATAGRAMS_AT_ONCE; i++) {
            try {
                datagram.clear();
                InetSocketAddress from = (InetSocketAddress) channel.receive(datagram);
                double came = LslClock.seconds();
                if (from == null) {
                    return;
                }
                if (network.loopbackOnly() && !from.getAddress().isLoopbackAddress()) {
                    continue;
                }
                answer(Datagrams.question(Arrays.copyOf(datagram.array(), datagram.position())), from, came);
            } catch (IOException | RuntimeException e) {
                // A question that nobody can answer, or an asker who is gone: the next one is as welcome.
                continue;
            }
        }
    }

    private void answer(Datagrams.Question question, InetSocketAddress from, double came) throws IOException {
        if (question instanceof Datagrams.Question.TimeData time) {
            service.send(ByteBuffer.wrap(Datagrams.timeAnswer(time, came, LslClock.seconds())), from);
        } else if (question instanceof Datagrams.Question.ShortInfo asked
                && Query.parse(asked.query()).matches(tree)) {
            service.send(
                    ByteBuffer.wrap(Datagrams.found(asked.id(), info)),
                    new InetSocketAddress(from.getAddress(), asked.port()));
        }
    }

    static void quietly(AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // Closing is all that was wanted.
            return;
        }
    }
}
