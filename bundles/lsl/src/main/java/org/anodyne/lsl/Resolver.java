package org.anodyne.lsl;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.anodyne.lsl.wire.Datagrams;
import org.anodyne.lsl.wire.Handshake;
import org.anodyne.lsl.wire.InfoXml;
import org.anodyne.lsl.wire.Query;

/** Finds streams. Thread: any; every call opens and closes its own sockets on the caller's thread. */
public final class Resolver {
    private static final long WAVE_NANOS = 500_000_000L;

    /** More answers than this are not waited for, so that nobody fills the memory by answering. */
    private static final int MOST_STREAMS = 1024;

    /** More datagrams are not read before the time is looked at again. */
    private static final int MOST_AT_ONCE = 256;

    private final Network network;

    /** Looks in this network. */
    public Resolver(Network network) {
        this.network = network;
    }

    /**
     * The question for streams of a session with these properties.
     *
     * @param properties value by field, such as {@code name} or {@code source_id}; empty values are left out
     */
    public static String query(String session, Map<String, String> properties) {
        StringBuilder query = new StringBuilder("session_id=" + Query.quoted(session));
        properties.forEach((field, value) -> {
            if (!value.isEmpty()) {
                query.append(" and ").append(field).append('=').append(Query.quoted(value));
            }
        });
        return query.toString();
    }

    /**
     * Asks, twice a second, until enough streams have answered or the time is over.
     *
     * @param query the predicate, as it stands between the brackets of {@code /info[…]}
     * @param minimum how many streams are enough
     * @return the streams that answered, in the order of their answers, without what their {@code desc} holds
     * @throws IOException when nothing can be sent
     */
    public List<StreamInfo> resolve(String query, int minimum, Duration patience) throws IOException {
        Map<String, StreamInfo> found = new LinkedHashMap<>();
        String id = Long.toUnsignedString(ThreadLocalRandom.current().nextLong());
        long until = System.nanoTime() + patience.toNanos();
        long next = System.nanoTime();
        try (DatagramChannel channel = DatagramChannel.open(java.net.StandardProtocolFamily.INET);
                Selector selector = Selector.open()) {
            channel.bind(new InetSocketAddress(network.loopbackOnly() ? "127.0.0.1" : "0.0.0.0", 0));
            channel.setOption(StandardSocketOptions.SO_BROADCAST, network.broadcast());
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            byte[] question = Datagrams.shortInfo(query, ((InetSocketAddress) channel.getLocalAddress()).getPort(), id);
            ByteBuffer in = ByteBuffer.allocate(Datagrams.MOST_BYTES);
            while (found.size() < minimum) {
                long now = System.nanoTime();
                if (now - until >= 0 || Thread.currentThread().isInterrupted()) {
                    break;
                }
                if (now - next >= 0) {
                    ask(channel, question);
                    next = now + WAVE_NANOS;
                }
                selector.select(Math.max(1, (Math.min(next, until) - now) / 1_000_000));
                selector.selectedKeys().clear();
                receive(channel, in, id, found);
            }
        }
        return List.copyOf(found.values());
    }

    private void receive(DatagramChannel channel, ByteBuffer in, String id, Map<String, StreamInfo> found)
            throws IOException {
        for (int i = 0; i < MOST_AT_ONCE && found.size() < MOST_STREAMS; i++) {
            in.clear();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) channel.receive(in);
            } catch (java.net.PortUnreachableException e) {
                continue;
            }
            if (from == null) {
                return;
            }
            if (network.loopbackOnly() && !from.getAddress().isLoopbackAddress()) {
                continue;
            }
            try {
                Datagrams.Found answer = Datagrams.found(Arrays.copyOf(in.array(), in.position()));
                if (answer.id().equals(id) && answer.info().dataPort() > 0) {
                    // Where the answer came from can be reached; what it says of itself need not.
                    found.putIfAbsent(
                            answer.info().uid(),
                            answer.info().at(from.getAddress().getHostAddress()));
                }
            } catch (MalformedException e) {
                // Somebody else's datagram, or a damaged one: whoever means it answers the next wave again.
                continue;
            }
        }
    }

    private void ask(DatagramChannel channel, byte[] question) {
        List<String> hosts = new ArrayList<>(List.of("127.0.0.1"));
        if (!network.loopbackOnly()) {
            hosts.addAll(network.knownPeers());
        }
        for (String host : hosts) {
            for (int port = network.basePort(); port < network.basePort() + network.portRange(); port++) {
                send(channel, question, host, port);
            }
        }
        if (network.loopbackOnly()) {
            return;
        }
        for (NetworkInterface each : interfaces()) {
            try {
                channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, each);
            } catch (IOException e) {
                continue;
            }
            network.groups().forEach(group -> send(channel, question, group, network.multicastPort()));
        }
        if (network.broadcast()) {
            send(channel, question, "255.255.255.255", network.multicastPort());
        }
    }

    private static void send(DatagramChannel channel, byte[] question, String host, int port) {
        try {
            channel.send(ByteBuffer.wrap(question), new InetSocketAddress(InetAddress.getByName(host), port));
        } catch (IOException | java.nio.channels.UnresolvedAddressException e) {
            // One way of several is closed, such as a network that takes no broadcasts; the others are tried.
            return;
        }
    }

    /** Interfaces that are up and take multicasts over IPv4. */
    static List<NetworkInterface> interfaces() {
        List<NetworkInterface> usable = new ArrayList<>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                boolean v4 =
                        each.getInterfaceAddresses().stream().anyMatch(a -> a.getAddress() instanceof Inet4Address);
                if (each.isUp() && each.supportsMulticast() && v4) {
                    usable.add(each);
                }
            }
        } catch (SocketException e) {
            return usable;
        }
        return usable;
    }

    /**
     * Asks an outlet for its whole description.
     *
     * @throws IOException when it does not answer in time, or what it answers is none; the message is for a person
     */
    public static StreamInfo fullInfo(StreamInfo info, Duration patience) throws IOException {
        long until = System.nanoTime() + patience.toNanos();
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(info.address(), info.dataPort()), millis(until));
            socket.getOutputStream().write(Handshake.fullInfo());
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            byte[] buffer = new byte[8192];
            while (true) {
                socket.setSoTimeout(millis(until));
                int count = in.read(buffer);
                if (count < 0) {
                    break;
                }
                answer.write(buffer, 0, count);
                if (answer.size() > InfoXml.MOST_BYTES) {
                    throw new MalformedException("a description of more than " + InfoXml.MOST_BYTES + " bytes");
                }
                if (System.nanoTime() - until >= 0) {
                    throw new SocketTimeoutException("time is over");
                }
            }
        } catch (SocketTimeoutException e) {
            throw new IOException(
                    "stream '" + info.name() + "' at " + info.address() + ":" + info.dataPort()
                            + " did not give its description within " + patience.toMillis() + " ms",
                    e);
        }
        StreamInfo full = InfoXml.read(answer.toByteArray());
        if (!full.uid().equals(info.uid()) || !full.sameShape(info)) {
            throw new MalformedException("stream '" + info.name() + "' at " + info.address() + ":" + info.dataPort()
                    + " is another one by now");
        }
        return info.withDesc(full.desc());
    }

    private static int millis(long until) throws SocketTimeoutException {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
            throw new SocketTimeoutException("time is over");
        }
        return (int) Math.min(left, Integer.MAX_VALUE);
    }
}
