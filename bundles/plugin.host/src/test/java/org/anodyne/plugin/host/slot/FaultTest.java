package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.get;
import static org.anodyne.plugin.host.slot.House.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.host.slot.Plugins.Script;
import org.anodyne.plugin.signal.Feature;
import org.junit.jupiter.api.Test;

/** What goes wrong in one slot stays in it. */
class FaultTest {
    private final Script eeg = new Script();
    private final Script good = new Script();
    private final Script bad = new Script();
    private final AtomicReference<PluginContext> context = new AtomicReference<>();
    private Provider badProvider;

    private House house() {
        House h = new House();
        badProvider = FakeProviders.provider("bad", PluginKind.PROCESSOR, "1.0.0", Plugins.SUM_PORTS, false, c -> {
            context.set(c);
            return new Plugins.Sum(c, bad);
        });
        h.providers
                .offer(FakeProviders.provider(
                        "ticker", PluginKind.SOURCE, "1.0.0", PluginPorts.NONE, false, c -> new Plugins.Ticker(c, eeg)))
                .offer(FakeProviders.provider(
                        "sum", PluginKind.PROCESSOR, "1.0.0", Plugins.SUM_PORTS, false, c -> new Plugins.Sum(c, good)))
                .offer(badProvider);
        return h;
    }

    private void run(House h) {
        h.ready(House.source("eeg", "ticker"), House.taking("good", "sum", "eeg"), House.taking("bad", "bad", "eeg"));
        for (String slot : List.of("eeg", "good", "bad")) {
            h.slots.announce(slot, phase("p", 0, 0, -1, true), House.lag(slot));
        }
    }

    @Test
    void anInstanceThatThrowsIsFailedWithItsReasonAndTheOthersGoOn() {
        try (House h = house()) {
            bad.at.put("samples", d -> {
                if (bad.log.stream().filter("samples samples"::equals).count() == 3) {
                    throw new IllegalStateException("the third block is odd");
                }
            });
            run(h);
            h.millis(400);
            assertEquals(State.FAILED, h.state("bad"));
            String reason = h.slots.status().get("bad").reason();
            assertTrue(reason.contains("the third block is odd"), reason);
            assertTrue(reason.contains("bad 1.0.0 in slot bad"), reason);
            assertEquals("close", bad.log.get(bad.log.size() - 1));
            assertEquals(2, h.bus.of(Kind.FEATURE, "bad").size());
            assertEquals(10, h.bus.of(Kind.FEATURE, "good").size());
            assertEquals(State.RUNNING, h.state("good"));
            HostException e = assertThrows(HostException.class, () -> get(h.slots.pause("bad")));
            assertTrue(e.getMessage().contains("FAILED"), e.getMessage());
        }
    }

    @Test
    void prepareThatThrowsOrOutlivesItsDeadlineIsAReasonAndNothingElse() {
        try (House h = house()) {
            bad.at.put("prepare", d -> {
                throw new IllegalArgumentException("no such channel");
            });
            get(h.slots.prepare(House.source("eeg", "ticker"), House.SOON));
            HostException e = assertThrows(
                    HostException.class, () -> get(h.slots.prepare(House.taking("bad", "bad", "eeg"), House.SOON)));
            assertTrue(e.getMessage().contains("no such channel"), e.getMessage());
            assertEquals(State.FAILED, h.state("bad"));
            assertEquals(State.PREPARED, h.state("eeg"));

            CountDownLatch never = new CountDownLatch(1);
            bad.at.put("prepare", d -> {
                try {
                    never.await();
                } catch (InterruptedException x) {
                    throw new IllegalStateException("interrupted", x);
                }
            });
            e = assertThrows(
                    HostException.class,
                    () -> get(h.slots.prepare(House.taking("bad", "bad", "eeg"), Duration.ofMillis(100))));
            assertTrue(e.getMessage().contains("longer than its 100 ms"), e.getMessage());
            h.slots.close();
            assertEquals(List.of(), h.slots.leaks());
        }
    }

    @Test
    void aCallThatNeverComesBackIsGivenUpAndTheVirtualClockGoesOn() {
        CountDownLatch release = new CountDownLatch(1);
        try (House h = house()) {
            bad.at.put("samples", d -> {
                while (release.getCount() > 0) {
                    try {
                        release.await();
                    } catch (InterruptedException ignored) {
                        continue; // as bad plug-ins do
                    }
                }
            });
            run(h);
            h.millis(400);
            assertEquals(State.FAILED, h.state("bad"));
            assertTrue(h.slots.status().get("bad").reason().contains("longer than its 2000 ms"));
            assertEquals(10, h.bus.of(Kind.FEATURE, "good").size());
            h.slots.close();
            List<String> leaks = h.slots.leaks();
            assertEquals(1, leaks.size());
            assertTrue(leaks.get(0).contains("thread 'lane-bad' of bad in slot bad"), leaks.get(0));
        } finally {
            release.countDown();
        }
    }

    @Test
    void aThreadThatAnInstanceLeftIsALeak() throws InterruptedException {
        CountDownLatch release = new CountDownLatch(1);
        AtomicReference<Thread> left = new AtomicReference<>();
        try (House h = house()) {
            bad.at.put("start", d -> {
                Thread t = new Thread(
                        () -> {
                            try {
                                release.await();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        },
                        "left-behind");
                left.set(t);
                t.start();
            });
            run(h);
            h.slots.close();
            List<String> leaks = h.slots.leaks();
            assertEquals(1, leaks.size());
            assertTrue(leaks.get(0).contains("'left-behind' of bad in slot bad"), leaks.get(0));
            release.countDown();
            left.get().join();
            assertEquals(List.of(), h.slots.leaks());
        }
    }

    @Test
    void anUnknownPluginIsNamed() {
        try (House h = house()) {
            HostException e = assertThrows(
                    HostException.class, () -> get(h.slots.prepare(House.source("x", "nothing"), House.SOON)));
            assertTrue(e.getMessage().contains("'nothing', which is not installed"), e.getMessage());
            assertEquals(State.FAILED, h.state("x"));
        }
    }

    @Test
    void aLostPluginIsClosedKeepsItsPlaceAndDisturbsNoOther() {
        try (House h = house()) {
            run(h);
            h.millis(200);
            h.providers.lose(badProvider);
            assertEquals(State.LOST, h.state("bad"));
            assertEquals("close", bad.log.get(bad.log.size() - 1));
            assertEquals(0, h.providers.users(badProvider));
            h.millis(400);
            assertEquals(5, h.bus.of(Kind.FEATURE, "bad").size());
            assertEquals(10, h.bus.of(Kind.FEATURE, "good").size());
            assertEquals("bad", h.slots.status().get("bad").plugin());
            h.providers.offer(badProvider);
            get(h.slots.swap("bad", null));
            assertEquals(State.RUNNING, h.state("bad"));
            h.millis(600);
            assertEquals(10, h.bus.of(Kind.FEATURE, "bad").size());
        }
    }

    @Test
    void publishingWhatIsNotOnesOwnOrOutsideOfOnesLifeIsRefused() {
        try (House h = house()) {
            get(h.slots.prepare(House.source("eeg", "ticker"), House.SOON));
            get(h.slots.prepare(House.taking("bad", "bad", "eeg"), House.SOON));
            Feature f = new Feature("sum", 0, new double[] {1, 2});
            IllegalStateException e = assertThrows(
                    IllegalStateException.class, () -> context.get().outlet().feature(f));
            assertTrue(e.getMessage().contains("before start"), e.getMessage());
            get(h.slots.start("bad"));
            context.get().outlet().feature(f);
            e = assertThrows(
                    IllegalStateException.class, () -> context.get().outlet().command(null));
            assertTrue(e.getMessage().contains("PROCESSOR, which may not publish a command"), e.getMessage());
            h.slots.close();
            e = assertThrows(
                    IllegalStateException.class, () -> context.get().outlet().event(new Event("late", 0, Map.of())));
            assertTrue(e.getMessage().contains("after close"), e.getMessage());
        }
    }

    @Test
    void theExecutorBelongsToTheHostRunsInSessionTimeAndEndsWithTheInstance() {
        try (House h = house()) {
            run(h);
            ScheduledExecutorService executor = context.get().executor();
            assertThrows(UnsupportedOperationException.class, executor::shutdown);
            assertThrows(UnsupportedOperationException.class, executor::shutdownNow);
            Script ticks = new Script();
            executor.scheduleAtFixedRate(
                    () -> ticks.called(
                            Thread.currentThread().getName(),
                            "" + context.get().clock().nowNanos() / 1_000_000),
                    10,
                    50,
                    TimeUnit.MILLISECONDS);
            h.millis(170);
            assertEquals(List.of("lane-bad 10", "lane-bad 60", "lane-bad 110", "lane-bad 160"), ticks.log);
            h.slots.close();
            h.millis(1000);
            assertEquals(4, ticks.log.size());
        }
    }

    @Test
    void aScheduledTaskThatThrowsFailsTheInstance() {
        try (House h = house()) {
            run(h);
            context.get()
                    .executor()
                    .schedule(
                            () -> {
                                throw new IllegalStateException("timer is broken");
                            },
                            10,
                            TimeUnit.MILLISECONDS);
            h.millis(100);
            assertEquals(State.FAILED, h.state("bad"));
            assertTrue(h.slots.status().get("bad").reason().contains("timer is broken"));
        }
    }
}
