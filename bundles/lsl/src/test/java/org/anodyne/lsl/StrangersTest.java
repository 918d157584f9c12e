package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.anodyne.lsl.wire.Datagrams;
import org.anodyne.lsl.wire.FeedEncoder;
import org.anodyne.lsl.wire.Handshake;
import org.anodyne.lsl.wire.InfoXml;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Peers that break the protocol on purpose, over 127.0.0.1: they are let go, and whoever keeps to it is served on. */
@Isolated("it measures memory")
class StrangersTest {
    private static final Network NETWORK = Network.LOOPBACK.ports(48_572, 64);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StreamInfo EEG = StreamInfo.of("victim", "EEG", 1, 100, ChannelFormat.FLOAT32, "v");

    /** What a false outlet does with who connects. */
    private interface Behaviour {
        void meet(Socket socket, OutputStream out) throws IOException;
    }

    /** An outlet that behaves as it likes. Its threads end when it is closed. */
    private static final class False implements AutoCloseable {
        private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        private final DatagramSocket service = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        private final AtomicBoolean closed = new AtomicBoolean();
        private final List<Socket> sockets = java.util.Collections.synchronizedList(new ArrayList<>());

        private False(Behaviour behaviour) throws IOException {
            thread(() -> {
                while (!closed.get()) {
                    Socket socket = server.accept();
                    sockets.add(socket);
                    thread(() -> behaviour.meet(socket, socket.getOutputStream()));
                }
            });
        }

        private interface Work {
            void run() throws IOException;
        }

        private static void thread(Work work) {
            Thread thread = new Thread(() -> {
                try {
                    work.run();
                } catch (IOException e) {
                    // The other end has let go, or the test is over.
                    return;
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        private StreamInfo info(ChannelFormat format, int channels, int servicePort) {
            return new StreamInfo(
                    "false",
                    "EEG",
                    channels,
                    100,
                    format,
                    "f",
                    "uid-1",
                    "default",
                    "",
                    0,
                    "127.0.0.1",
                    server.getLocalPort(),
                    servicePort,
                    Element.of("desc", List.of()));
        }

        private StreamInfo info(ChannelFormat format) {
            return info(format, 1, service.getLocalPort());
        }

        @Override
        public void close() throws IOException {
            closed.set(true);
            server.close();
            service.close();
            for (Socket socket : List.copyOf(sockets)) {
                socket.close();
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String refusal(StreamInfo info) throws Exception {
        try (Inlet inlet = new Inlet(NETWORK, info, 100, "test-inlet", new Taken())) {
            return assertThrows(IOException.class, () -> inlet.open(PATIENCE)).getMessage();
        }
    }

    private static void begin(OutputStream out, ChannelFormat format, int channels) throws IOException {
        out.write(Handshake.consent("uid-1", ByteOrder.LITTLE_ENDIAN));
        out.write(new FeedEncoder(format, channels, ByteOrder.LITTLE_ENDIAN).preamble());
    }

    @Test
    void answersWithoutEndAreCutOff() throws Exception {
        try (False peer = new False((socket, out) -> {
            out.write(ascii("LSL/110 200 OK\r\n"));
            while (true) {
                out.write(ascii("X-More: 1\r\n"));
            }
        })) {
            String said = refusal(peer.info(ChannelFormat.FLOAT32));
            assertTrue(said.contains("an answer of more than"), said);
        }
    }

    @Test
    void peersThatSayNothingOrLittleAreGivenUp() throws Exception {
        try (False mute = new False((socket, out) -> socket.getInputStream().readAllBytes());
                False unfinished = new False((socket, out) -> {
                    out.write(ascii("LSL/110 200 OK\r\nUID: uid-1\r\n"));
                    socket.getInputStream().readAllBytes();
                });
                False timeless = new False((socket, out) -> {
                    begin(out, ChannelFormat.FLOAT32, 1);
                    socket.getInputStream().readAllBytes();
                })) {
            for (False peer : List.of(mute, unfinished)) {
                String said = refusal(peer.info(ChannelFormat.FLOAT32));
                assertTrue(said.contains("did not send the beginning"), said);
            }
            String said = refusal(timeless.info(ChannelFormat.FLOAT32));
            assertTrue(said.contains("questions for the time"), said);
        }
    }

    @Test
    void falseTestPatternsAndLengthsAreRefused() throws Exception {
        try (False other = new False((socket, out) -> begin(out, ChannelFormat.INT32, 1));
                False huge = new False((socket, out) -> {
                    begin(out, ChannelFormat.STRING, 1);
                    out.write(java.util.HexFormat.of().parseHex("02000000000000f03f" + "08ffffffffffffff7f"));
                    socket.getInputStream().readAllBytes();
                })) {
            String said = refusal(other.info(ChannelFormat.FLOAT32));
            assertTrue(said.contains("test patterns"), said);
            said = refusal(huge.info(ChannelFormat.STRING));
            assertTrue(said.contains("a text of 9223372036854775807 bytes"), said);
        }
    }

    @Test
    void whatComesBeforeTheClocksAreComparedTakesBoundedMemory() throws Exception {
        long[] written = new long[1];
        try (False flood = new False((socket, out) -> {
            begin(out, ChannelFormat.STRING, 1);
            byte[] sample = new FeedEncoder(ChannelFormat.STRING, 1, ByteOrder.LITTLE_ENDIAN)
                    .encode(Sample.of(1, "x".repeat(1 << 20)), false);
            // 2 GiB, if they were taken.
            for (int i = 0; i < 2048; i++) {
                out.write(sample);
                written[0] += sample.length;
            }
        })) {
            String said = refusal(flood.info(ChannelFormat.STRING));
            assertTrue(said.contains("questions for the time"), said);
            assertTrue(written[0] < 128L << 20, "so many bytes were taken: " + written[0]);
        }
    }

    @Test
    void answersAboutTheTimeWithoutEndDoNotKeepAnInletFromClosing() throws Exception {
        try (False flood = new False((socket, out) -> {
            begin(out, ChannelFormat.FLOAT32, 1);
            socket.getInputStream().readAllBytes();
        })) {
            for (int sender = 0; sender < 2; sender++) {
                False.thread(() -> {
                    DatagramPacket probe = new DatagramPacket(new byte[512], 512);
                    flood.service.receive(probe);
                    // Well formed, but of no wave that was asked for.
                    byte[] answer = ascii(" 7 1 2 3");
                    while (!flood.closed.get()) {
                        flood.service.send(new DatagramPacket(answer, answer.length, probe.getSocketAddress()));
                    }
                });
            }
            Inlet inlet = new Inlet(NETWORK, flood.info(ChannelFormat.FLOAT32), 100, "test-inlet", new Taken());
            assertThrows(IOException.class, () -> inlet.open(Duration.ofSeconds(20)));
            long began = System.nanoTime();
            inlet.close();
            assertTrue(System.nanoTime() - began < Duration.ofSeconds(4).toNanos(), "its thread had ended");
        }
    }

    @Test
    void answersThatNobodyAskedForAreNoStreams() throws Exception {
        try (DatagramSocket asked = new DatagramSocket(new InetSocketAddress("127.0.0.1", NETWORK.basePort() + 63))) {
            AtomicBoolean over = new AtomicBoolean();
            byte[] stranger = Datagrams.found("42", EEG.offered("uid-9", "", 0, 1, 1));
            False.thread(() -> {
                DatagramPacket question = new DatagramPacket(new byte[2048], 2048);
                asked.receive(question);
                InetSocketAddress to = (InetSocketAddress) question.getSocketAddress();
                while (!over.get()) {
                    asked.send(new DatagramPacket(stranger, stranger.length, to));
                }
            });
            List<StreamInfo> found = assertTimeoutPreemptively(
                    Duration.ofSeconds(20),
                    () -> new Resolver(NETWORK).resolve("name='victim'", 1, Duration.ofSeconds(2)),
                    "a flood keeps nobody longer than he wanted to wait");
            over.set(true);
            assertEquals(List.of(), found);
        } catch (SocketException e) {
            throw new AssertionError("the last port of the range is taken", e);
        }
    }

    @Test
    void descriptionsThatComeSlowlyOrWithoutEndAreGivenUp() throws Exception {
        try (False endless = new False((socket, out) -> {
                    out.write(ascii("<info>"));
                    while (true) {
                        out.write(ascii("<a>".repeat(1000)));
                    }
                });
                False mute = new False((socket, out) -> {
                    out.write(ascii("<info>"));
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                    socket.getInputStream().readAllBytes();
                });
                False bomb = new False((socket, out) -> {
                    out.write(ascii("<!DOCTYPE i [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">"
                            + "<!ENTITY c SYSTEM \"file:///etc/hostname\">]><info><name>&b;&c;</name></info>"));
                    socket.close();
                })) {
            Duration brief = Duration.ofSeconds(3);
            for (False peer : List.of(endless, mute, bomb)) {
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20),
                        () -> assertThrows(
                                IOException.class, () -> Resolver.fullInfo(peer.info(ChannelFormat.FLOAT32), brief)));
            }
        }
    }

    @Test
    void questionThatIsDearToAnswerKeepsNobodyWaiting() throws Exception {
        StreamInfo large = StreamInfo.of("large", "EEG", 1000, 100, ChannelFormat.FLOAT32, "l")
                .withChannels(IntStream.range(0, 1000)
                        .mapToObj(k -> new StreamInfo.Channel("C" + k, "microvolts", "EEG"))
                        .toList());
        String dear = String.join(" or ", java.util.Collections.nCopies(100, "//*<//*"));
        String nested = "count(//*[count(//*[count(//*[count(//*)>9])>9])>9])>9";
        try (Outlet outlet = Outlet.open(large, NETWORK);
                DatagramSocket socket = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            for (String question : List.of(dear, nested)) {
                byte[] bytes = Datagrams.shortInfo(question, socket.getLocalPort(), "1");
                socket.send(new DatagramPacket(
                        bytes,
                        bytes.length,
                        InetAddress.getByName("127.0.0.1"),
                        outlet.info().servicePort()));
                long began = System.nanoTime();
                assertEquals(
                        1,
                        new Resolver(NETWORK)
                                .resolve("name='large'", 1, PATIENCE)
                                .size());
                assertTrue(System.nanoTime() - began < Duration.ofSeconds(10).toNanos(), "kept waiting by " + question);
            }
        }
    }

    @Test
    void receiverThatReadsNothingTakesBoundedMemory() throws Exception {
        StreamInfo texts = StreamInfo.of("texts", "Markers", 1, 0, ChannelFormat.STRING, "t");
        try (Outlet outlet = Outlet.open(texts, NETWORK);
                Socket lazy = new Socket()) {
            lazy.setReceiveBufferSize(4096);
            lazy.connect(new InetSocketAddress("127.0.0.1", outlet.info().dataPort()));
            lazy.getOutputStream().write(Handshake.feed(outlet.info(), 200_000, 32));
            lazy.getOutputStream().flush();
            assertTrue(lazy.getInputStream().read() >= 0);
            // 64 MiB of characters: by number alone, 200,000 of these would wait.
            for (int i = 0; i < 1000; i++) {
                outlet.push(Sample.of(i + 1, "x".repeat(65_536)));
            }
            assertTrue(outlet.dropped() > 300, "dropped " + outlet.dropped());
            assertEquals(1, outlet.receivers());
        }
    }

    @Test
    void slowRequestsAreGivenUpAndOthersServedMeanwhile() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try (Outlet outlet = Outlet.open(EEG, NETWORK)) {
            for (int i = 0; i < 60; i++) {
                Socket socket = new Socket("127.0.0.1", outlet.info().dataPort());
                socket.getOutputStream().write(ascii("LSL:streamfeed/110 x\r\nA: "));
                slow.add(socket);
            }
            Taken taken = new Taken();
            try (Inlet inlet = taken.inlet(NETWORK, "name='victim'")) {
                outlet.push(Sample.of(100, 1));
                assertEquals(100, taken.sample().time());
                for (Socket socket : slow) {
                    socket.setSoTimeout((int) PATIENCE.toMillis());
                    assertEquals(-1, socket.getInputStream().read(), "it is let go");
                }
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    @Test
    void descriptionsOfStrangersNeverLookOutside() {
        for (String xml : List.of(
                "<!DOCTYPE info SYSTEM \"http://127.0.0.1:1/x\"><info/>",
                "<info xmlns:xi=\"http://www.w3.org/2001/XInclude\"><xi:include href=\"file:///etc/hostname\"/></info>",
                "<info>" + "<a ".repeat(1) + "b=\"1\" ".repeat(20_000) + "/></info>",
                "<" + "n".repeat(900_000) + "/>")) {
            assertThrows(IOException.class, () -> InfoXml.read(ascii(xml)));
        }
    }
}
