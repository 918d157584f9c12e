package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What comes of ends that go, come back, are slow or old, between ours and those of the reference library. */
class LiblslLossTest {
    private static final int PORT = 46_572;
    private static final Network NETWORK = Network.LOOPBACK.ports(PORT, 64);

    @TempDir
    Path folder;

    private Liblsl theirs;

    @BeforeEach
    void start() throws Exception {
        theirs = Liblsl.start(folder, Liblsl.settings(PORT, ""));
    }

    @AfterEach
    void end() throws Exception {
        if (theirs != null) {
            theirs.close();
        }
    }

    private static StreamInfo ours(String sourceId) {
        return StreamInfo.of("ours", "EEG", 2, 100, ChannelFormat.FLOAT32, sourceId);
    }

    @Test
    void theirInletFindsOursAgainAtAnotherPort() throws Exception {
        Outlet first = Outlet.open(ours("sn"), NETWORK);
        try {
            theirs.ask("put('i', Inlet(\"name='ours'\", 'float32'))");
            assertEquals("0", theirs.ask("i.begin()"));
            first.push(Sample.of(100, 1, 2));
            assertEquals("[100.0, [\"1.0\", \"2.0\"]]", theirs.ask("i.pull()"));
            // Not the same port: another one has it by now, and its source id is another one.
            try (Outlet between = Outlet.open(ours("other"), NETWORK)) {
                first.close();
                try (Outlet taker = Outlet.open(
                                StreamInfo.of("taker", "EEG", 2, 100, ChannelFormat.FLOAT32, "t"), NETWORK);
                        Outlet second = Outlet.open(ours("sn"), NETWORK)) {
                    assertTrue(second.info().dataPort() != first.info().dataPort());
                    theirs.say("i.pull(60.0)");
                    long until = System.nanoTime() + Taken.PATIENCE.toNanos();
                    while (second.receivers() == 0 && System.nanoTime() - until < 0) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    second.push(Sample.of(200, 3, 4));
                    between.push(Sample.of(300, 9, 9));
                    assertEquals("[200.0, [\"3.0\", \"4.0\"]]", theirs.line());
                    assertEquals(0, between.receivers());
                }
            }
        } finally {
            first.close();
        }
    }

    @Test
    void ourInletFindsTheirsAgainAmongOthersOfTheSameDevice() throws Exception {
        theirs.ask("put('o', Outlet('theirs', 'EEG', 2, 100.0, 'float32', 'sn'))");
        // Another stream of the same device, and a stream of the same name of another one.
        theirs.ask("put('m', Outlet('marks', 'Markers', 1, 0.0, 'string', 'sn'))");
        theirs.ask("put('p', Outlet('theirs', 'EEG', 2, 100.0, 'float32', 'other'))");
        Taken taken = new Taken();
        try (Inlet inlet = taken.inlet(NETWORK, "name='theirs' and source_id='sn'")) {
            theirs.ask("o.consumers(20.0)");
            theirs.ask("o.push([1, 2], 100.0)");
            assertEquals(1, taken.sample().values().numbers()[0]);
            theirs.ask("o.shut()");
            taken.told(String.class);
            theirs.ask("put('q', Outlet('between', 'EEG', 2, 100.0, 'float32', 'z'))");
            theirs.ask("put('o', Outlet('theirs', 'EEG', 2, 100.0, 'float32', 'sn'))");
            assertEquals("1", theirs.ask("o.consumers(60.0)"));
            taken.told(ClockOffset.class);
            theirs.ask("o.push([3, 4], 200.0)");
            assertEquals(3, taken.sample().values().numbers()[0]);
            assertEquals("0", theirs.ask("p.consumers()"));
        }
        assertEquals("0", theirs.ask("put('end', time.sleep(1)) and o.push([5, 6], 300.0)"));
    }

    @Test
    void theirInletThatMayNotRecoverIsToldOfTheEnd() throws Exception {
        try (Outlet outlet = Outlet.open(ours("sn"), NETWORK)) {
            theirs.ask("put('i', Inlet(\"name='ours'\", 'float32', 360, 0, 0))");
            assertEquals("0", theirs.ask("i.begin()"));
        }
        // Lost, in their numbers.
        assertEquals("\"error -2\"", theirs.ask("i.pull(60.0)"));
    }

    @Test
    void bothTellWhetherAnybodyListens() throws Exception {
        try (Outlet outlet = Outlet.open(ours("sn"), NETWORK)) {
            assertEquals(0, outlet.receivers());
            theirs.ask("put('i', Inlet(\"name='ours'\", 'float32'))");
            assertEquals("0", theirs.ask("i.begin()"));
            assertEquals(1, outlet.receivers());
            theirs.ask("i.end()");
            long until = System.nanoTime() + Taken.PATIENCE.toNanos();
            while (outlet.receivers() > 0 && System.nanoTime() - until < 0) {
                outlet.push(Sample.of(LslClock.seconds(), 1, 2));
            }
            assertEquals(0, outlet.receivers(), "an inlet that was closed while data came is let go");
        }
        theirs.ask("put('o', Outlet('theirs', 'EEG', 2, 100.0, 'float32', 'sn'))");
        assertEquals("0", theirs.ask("o.consumers()"));
        Taken taken = new Taken();
        try (Inlet inlet = taken.inlet(NETWORK, "name='theirs'")) {
            assertEquals("1", theirs.ask("o.consumers(20.0)"));
        }
        assertEquals(
                "true",
                theirs.ask("any(not o.consumers() or o.push([1, 2], 0.0) or time.sleep(0.02) "
                        + "for _ in range(1000)) or not o.consumers()"));
    }

    @Test
    void shortBufferKeepsTheNewest() throws Exception {
        try (Outlet outlet = Outlet.open(ours("sn"), NETWORK)) {
            // Their inlet keeps 2 s and asks us for the same; nobody pulls meanwhile.
            theirs.ask("put('i', Inlet(\"name='ours'\", 'float32', 2))");
            assertEquals("0", theirs.ask("i.begin()"));
            for (int k = 0; k < 5000; k++) {
                outlet.push(Sample.of(1000 + k / 100.0, k, k));
            }
            String last = theirs.ask("[r for r in iter(lambda: i.pull(1.0), None)][-1][1][0]");
            assertEquals("\"4999.0\"", last);
        }
    }

    @Test
    void ourInletLetsTheirsGoOnWhileItIsSlow() throws Exception {
        theirs.ask("put('o', Outlet('theirs', 'EEG', 2, 1000.0, 'float32', 'sn'))");
        java.util.concurrent.CountDownLatch hold = new java.util.concurrent.CountDownLatch(1);
        Taken taken = new Taken();
        Inlet.Listener slow = new Inlet.Listener() {
            private boolean held;

            @Override
            public void connected(StreamInfo info, ClockOffset clock) {
                taken.connected(info, clock);
            }

            @Override
            public void sample(Sample sample, double localSeconds) {
                try {
                    if (!held) {
                        held = true;
                        hold.await();
                    }
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                taken.sample(sample, localSeconds);
            }

            @Override
            public void clock(ClockOffset clock) {}

            @Override
            public void lost(String reason) {
                taken.lost(reason);
            }
        };
        try (Inlet inlet = new Inlet(NETWORK, Taken.resolve(NETWORK, "name='theirs'"), 100_000, "test-inlet", slow)) {
            inlet.open(Taken.PATIENCE);
            theirs.ask("o.consumers(20.0)");
            assertEquals("50000", theirs.ask("o.ramp(50000, 100)"), "their outlet is not held up");
            hold.countDown();
            taken.ramp(50_000, 2, 1000);
        }
    }

    @Test
    void peersOfTheOldProtocolAreRefusedWithAReason() throws Exception {
        try (Liblsl old = Liblsl.start(folder, Liblsl.settings(PORT, "[tuning]\nUseProtocolVersion = 100\n"))) {
            old.ask("put('o', Outlet('old', 'EEG', 2, 100.0, 'float32', 'sn'))");
            Taken taken = new Taken();
            StreamInfo found = Taken.resolve(NETWORK, "name='old'");
            try (Inlet inlet = new Inlet(NETWORK, found, 100, "test-inlet", taken)) {
                IOException e = assertThrows(IOException.class, () -> inlet.open(Taken.PATIENCE));
                assertTrue(e.getMessage().contains("version"), e.getMessage());
            }
            try (Outlet outlet = Outlet.open(ours("sn"), NETWORK)) {
                old.ask("put('i', Inlet(\"name='ours'\", 'float32', 360, 0, 0))");
                String said = old.ask("i.begin(10.0)");
                assertTrue(!said.equals("0"), "an inlet of the old protocol cannot begin, but said " + said);
                assertEquals(0, outlet.receivers());
                theirs.ask("put('i', Inlet(\"name='ours'\", 'float32'))");
                assertEquals("0", theirs.ask("i.begin()"), "others are served on");
            }
        }
    }
}
