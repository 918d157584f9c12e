package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Our outlet and our inlet over 127.0.0.1, and an outlet that is spoken to by hand. */
class BothEndsTest {
    /** Ports of their own, so that streams of the machine this runs on are not met. */
    private static final Network NETWORK = Network.LOOPBACK.ports(26_572, 64);

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What an inlet told, in order. */
    private static final class Heard implements Inlet.Listener {
        private final BlockingQueue<Object> all = new LinkedBlockingQueue<>();
        private final BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();
        private final List<Double> local = new ArrayList<>();

        @Override
        public void connected(StreamInfo info, ClockOffset clock) {
            all.add(clock);
        }

        @Override
        public void sample(Sample sample, double localSeconds) {
            synchronized (local) {
                local.add(localSeconds);
            }
            samples.add(sample);
        }

        @Override
        public void clock(ClockOffset clock) {}

        @Override
        public void lost(String reason) {
            all.add(reason);
        }

        private Sample next() throws InterruptedException {
            Sample sample = samples.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertTrue(sample != null, "no sample came");
            return sample;
        }

        private Object told() throws InterruptedException {
            Object what = all.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertTrue(what != null, "nothing was told");
            return what;
        }
    }

    private static StreamInfo resolve(String name) throws IOException {
        List<StreamInfo> found =
                new Resolver(NETWORK).resolve(Resolver.query("default", Map.of("name", name)), 1, PATIENCE);
        assertEquals(1, found.size(), "stream " + name + " was not found");
        return found.get(0);
    }

    private static Sample.Values values(ChannelFormat format) {
        return switch (format) {
            case STRING -> new Sample.Texts(List.of("S  1", "ü".repeat(300), ""));
            case INT64 -> new Sample.Wholes(new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE});
            case FLOAT32 -> new Sample.Numbers(new double[] {1.5, -2.25, 1e30f});
            case DOUBLE64 -> new Sample.Numbers(new double[] {Math.PI, -0.0, 5e-324});
            case INT32 -> new Sample.Numbers(new double[] {Integer.MIN_VALUE, 0, Integer.MAX_VALUE});
            case INT16 -> new Sample.Numbers(new double[] {Short.MIN_VALUE, 0, Short.MAX_VALUE});
            case INT8 -> new Sample.Numbers(new double[] {-128, 0, 127});
        };
    }

    @Test
    void everyFormatArrivesAsItWasSent() throws Exception {
        for (ChannelFormat format : ChannelFormat.values()) {
            StreamInfo wanted = StreamInfo.of("format-" + format.label(), "Test", 3, 100, format, "");
            Heard heard = new Heard();
            try (Outlet outlet = Outlet.open(wanted, NETWORK);
                    Inlet inlet = new Inlet(NETWORK, resolve(wanted.name()), 1000, "test-inlet", heard)) {
                inlet.open(PATIENCE);
                double now = LslClock.seconds();
                outlet.push(new Sample(now, values(format)));
                outlet.push(new Sample(now + 1.0 / 100, values(format)));
                for (int i = 0; i < 2; i++) {
                    Sample sample = heard.next();
                    assertEquals(now + i / 100.0, sample.time(), 0, "the second time is deduced to the bit");
                    if (sample.values() instanceof Sample.Wholes whole) {
                        assertArrayEquals(((Sample.Wholes) values(format)).wholes(), whole.wholes());
                    } else if (sample.values() instanceof Sample.Texts texts) {
                        assertEquals(values(format), texts);
                    } else {
                        assertArrayEquals(
                                values(format).numbers(), sample.values().numbers());
                    }
                }
                ClockOffset clock = (ClockOffset) heard.told();
                assertTrue(
                        Math.abs(clock.correctionSeconds()) <= clock.uncertaintySeconds() + 1e-6,
                        "both ends read the same clock, but differ by " + clock);
                assertEquals(now, heard.local.get(0), clock.uncertaintySeconds() + 1e-6);
            }
        }
    }

    @Test
    void descriptionIsGivenWhole() throws Exception {
        StreamInfo wanted = StreamInfo.of("described", "EEG", 2, 250, ChannelFormat.FLOAT32, "sn-1")
                .withChannels(List.of(
                        new StreamInfo.Channel("C3", "microvolts", "EEG"),
                        new StreamInfo.Channel("C4", "microvolts", "EEG")));
        try (Outlet outlet = Outlet.open(wanted, NETWORK)) {
            StreamInfo found = resolve("described");
            assertEquals(List.of(), found.channels());
            StreamInfo full = Resolver.fullInfo(found, PATIENCE);
            assertEquals(wanted.channels(), full.channels());
            assertEquals(outlet.info().uid(), full.uid());
        }
    }

    @Test
    void streamIsFoundAgainBySourceIdAfterItsOutletWasRestarted() throws Exception {
        StreamInfo wanted = StreamInfo.of("returning", "EEG", 1, 100, ChannelFormat.FLOAT32, "sn-2");
        Heard heard = new Heard();
        Outlet first = Outlet.open(wanted, NETWORK);
        try (Inlet inlet = new Inlet(NETWORK, resolve("returning"), 1000, "test-inlet", heard)) {
            inlet.open(PATIENCE);
            heard.told();
            first.push(Sample.of(LslClock.seconds(), 1));
            assertEquals(1, heard.next().values().numbers()[0]);
            first.close();
            assertTrue(heard.told() instanceof String, "the loss is told");
            try (Outlet second = Outlet.open(wanted, NETWORK)) {
                assertTrue(heard.told() instanceof ClockOffset, "the return is told");
                assertNotEquals(first.info().uid(), second.info().uid());
                second.push(Sample.of(LslClock.seconds(), 2));
                assertEquals(2, heard.next().values().numbers()[0]);
            }
        } finally {
            first.close();
        }
    }

    @Test
    void slowReceiverLosesTheOldestAndDisturbsNobody() throws Exception {
        StreamInfo wanted = StreamInfo.of("fast", "EEG", 512, 1000, ChannelFormat.DOUBLE64, "");
        try (Outlet outlet = Outlet.open(wanted, NETWORK);
                Socket slow = new Socket("127.0.0.1", outlet.info().dataPort())) {
            slow.setReceiveBufferSize(4096);
            slow.getOutputStream().write(org.anodyne.lsl.wire.Handshake.feed(resolve("fast"), 100, 32));
            slow.getOutputStream().flush();
            assertTrue(slow.getInputStream().read() >= 0);
            double[] values = new double[512];
            long until = System.nanoTime() + PATIENCE.toNanos();
            while (outlet.dropped() == 0 && System.nanoTime() - until < 0) {
                outlet.push(Sample.of(LslClock.seconds(), values));
            }
            assertTrue(outlet.dropped() > 0);
            assertEquals(1, outlet.receivers());
        }
    }

    @Test
    void whatWasPushedLastArrivesAlthoughTheOutletEnds() throws Exception {
        Heard heard = new Heard();
        StreamInfo wanted = StreamInfo.of("ending", "Markers", 1, 0, ChannelFormat.STRING, "");
        Outlet outlet = Outlet.open(wanted, NETWORK);
        try (Inlet inlet = new Inlet(NETWORK, resolve("ending"), 10_000, "test-inlet", heard)) {
            inlet.open(PATIENCE);
            String text = "x".repeat(10_000);
            for (int k = 0; k < 1000; k++) {
                outlet.push(Sample.of(k + 1, k + text));
            }
            outlet.close();
            for (int k = 0; k < 1000; k++) {
                assertEquals(k + 1, heard.next().time());
            }
        } finally {
            outlet.close();
        }
    }

    private static String ask(Outlet outlet, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", outlet.info().dataPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void requestsByHandAreAnswered() throws Exception {
        StreamInfo wanted = StreamInfo.of("by-hand", "EEG", 1, 100, ChannelFormat.FLOAT32, "");
        try (Outlet outlet = Outlet.open(wanted, NETWORK)) {
            assertTrue(ask(outlet, "LSL:fullinfo\r\n").contains("<name>by-hand</name>"));
            assertTrue(ask(outlet, "LSL:shortinfo\r\nname='by-hand'\r\n").contains("<name>by-hand</name>"));
            assertEquals("", ask(outlet, "LSL:shortinfo\r\nname='other'\r\n"));
            assertEquals("LSL/110 404 Not found\r\n\r\n", ask(outlet, "LSL:streamfeed/110 no-such-uid\r\n\r\n"));
            String unsupported = "LSL/110 505 Version not supported\r\n\r\n";
            assertEquals(unsupported, ask(outlet, "LSL:streamfeed/210 x\r\n\r\n"));
            assertEquals(unsupported, ask(outlet, "LSL:streamfeed\r\n360 0\r\n"));
            assertEquals("", ask(outlet, "GET / HTTP/1.1\r\n\r\n"));
            assertEquals("", ask(outlet, "x".repeat(20_000)));
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
                socket.setSoTimeout((int) PATIENCE.toMillis());
                byte[] question = "LSL:timedata\r\n7 100.25\r\n".getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(
                        question,
                        question.length,
                        InetAddress.getByName("127.0.0.1"),
                        outlet.info().servicePort()));
                DatagramPacket answer = new DatagramPacket(new byte[512], 512);
                socket.receive(answer);
                String text = new String(answer.getData(), 0, answer.getLength(), StandardCharsets.UTF_8);
                assertTrue(text.startsWith(" 7 100.25 "), text);
            }
        }
    }

    @Test
    void bigEndianReceiverIsServedInItsOrder() throws Exception {
        StreamInfo wanted = StreamInfo.of("big-endian", "EEG", 1, 100, ChannelFormat.INT16, "");
        try (Outlet outlet = Outlet.open(wanted, NETWORK);
                Socket socket = new Socket("127.0.0.1", outlet.info().dataPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream()
                    .write(("LSL:streamfeed/110 " + outlet.info().uid() + "\r\nNative-Byte-Order: 4321\r\n\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            String head = "LSL/110 200 OK\r\nUID: " + outlet.info().uid()
                    + "\r\nByte-Order: 4321\r\nSuppress-Subnormals: 0\r\nData-Protocol-Version: 110\r\n\r\n";
            assertEquals(head, new String(socket.getInputStream().readNBytes(head.length()), StandardCharsets.UTF_8));
            byte[] preamble = socket.getInputStream().readNBytes(22);
            assertArrayEquals(
                    java.util.HexFormat.of().parseHex("0240fe240c9fbe76c901050240fe240c9fbe76c90103"), preamble);
        }
    }

    @Test
    void outletSurvivesNonsense() throws Exception {
        StreamInfo wanted = StreamInfo.of("sturdy", "EEG", 1, 100, ChannelFormat.FLOAT32, "");
        SplittableRandom random = new SplittableRandom(5);
        try (Outlet outlet = Outlet.open(wanted, NETWORK);
                DatagramSocket udp = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            for (int i = 0; i < 200; i++) {
                byte[] noise = new byte[1 + random.nextInt(300)];
                random.nextBytes(noise);
                udp.send(new DatagramPacket(
                        noise,
                        noise.length,
                        InetAddress.getByName("127.0.0.1"),
                        outlet.info().servicePort()));
                try (Socket socket = new Socket("127.0.0.1", outlet.info().dataPort())) {
                    socket.getOutputStream().write(noise);
                }
            }
            assertEquals(outlet.info().uid(), resolve("sturdy").uid());
        }
    }

    @Test
    void peerThatIsNoOutletIsToldApart() throws Exception {
        StreamInfo wanted = StreamInfo.of("liar", "EEG", 1, 100, ChannelFormat.FLOAT32, "");
        try (Outlet outlet = Outlet.open(wanted, NETWORK)) {
            StreamInfo found = resolve("liar");
            StreamInfo other = new StreamInfo(
                    found.name(),
                    found.type(),
                    2,
                    found.rateHz(),
                    ChannelFormat.INT32,
                    "",
                    found.uid(),
                    "default",
                    "",
                    0,
                    found.address(),
                    found.dataPort(),
                    found.servicePort(),
                    found.desc());
            try (Inlet inlet = new Inlet(NETWORK, other, 10, "test-inlet", new Heard())) {
                IOException e = assertThrows(IOException.class, () -> inlet.open(PATIENCE));
                assertTrue(e.getMessage().contains("505") || e.getMessage().contains("test patterns"), e.getMessage());
            }
        }
        StreamInfo nobody = StreamInfo.of("gone", "EEG", 1, 100, ChannelFormat.FLOAT32, "");
        try (Inlet inlet = new Inlet(
                NETWORK,
                new StreamInfo(
                        "gone",
                        "EEG",
                        1,
                        100,
                        ChannelFormat.FLOAT32,
                        "",
                        "u",
                        "default",
                        "",
                        0,
                        "127.0.0.1",
                        1,
                        1,
                        nobody.desc()),
                10,
                "test-inlet",
                new Heard())) {
            assertThrows(IOException.class, () -> inlet.open(PATIENCE));
        }
    }
}
