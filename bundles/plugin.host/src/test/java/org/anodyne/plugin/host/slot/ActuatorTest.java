package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.get;
import static org.anodyne.plugin.host.slot.House.phase;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.Disarmed;
import org.anodyne.host.Disarmed.Cause;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotStatus;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.host.slot.Plugins.Script;
import org.junit.jupiter.api.Test;

/** No command without gate and arming; safe at once, and latched. */
class ActuatorTest {
    private final Script stim = new Script();
    private final Provider provider = FakeProviders.provider(
            "stim", PluginKind.ACTUATOR, "1.0.0", Plugins.STIM_PORTS, false, c -> new Plugins.Stim(c, stim));

    private House house() {
        House h = new House();
        h.providers.offer(provider);
        h.ready(House.source("stim", "stim"));
        return h;
    }

    private Acknowledgement tell(House h, String id) {
        Command c = new Command(id, "stim", "pulse", Map.of("amplitude", 1.0), h.time.nowNanos(), "t");
        h.bus.publish(Topic.of("lab", "s1", Kind.COMMAND, "stim", ""), new Payload.Request(c), 0);
        return reply(h, id);
    }

    private static Acknowledgement reply(House h, String id) {
        Payload.Reply r = (Payload.Reply) h.bus.await(m -> m.payload() instanceof Payload.Reply x
                        && x.acknowledgement().commandId().equals(id))
                .payload();
        return r.acknowledgement();
    }

    private long executed() {
        return stim.log.stream().filter(l -> l.startsWith("execute")).count();
    }

    private void safe(House h, String id) {
        assertTrue(stim.log.stream().anyMatch(l -> l.startsWith("safeState")), stim.log.toString());
        assertEquals(Outcome.REFUSED, tell(h, id).outcome());
    }

    @Test
    void nothingIsExecutedBeforeItIsArmedAndNothingAfterItWasMadeSafe() {
        try (House h = house()) {
            assertEquals(Outcome.REFUSED, tell(h, "a").outcome());
            get(h.slots.arm("stim"));
            assertEquals(Outcome.EXECUTED, tell(h, "b").outcome());
            h.slots.safeState("by hand");
            safe(h, "c");
            assertEquals("safeState " + Thread.currentThread().getName(), stim.log.get(stim.log.size() - 1));
            get(h.slots.arm("stim"));
            assertEquals(Outcome.EXECUTED, tell(h, "d").outcome());
            assertEquals(2, executed());
        }
    }

    @Test
    void withoutAGateNothingIsExecuted() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            h.gate = null;
            Acknowledgement a = tell(h, "a");
            assertEquals(Outcome.REFUSED, a.outcome());
            assertTrue(a.reason().contains("no gate service"), a.reason());
            assertEquals(0, executed());
        }
    }

    /** Why it cannot be armed, as the session shows it; waits until that is so. */
    private static void shows(House h, String reason) {
        // Not as a condition of the bus: that is asked under its lock, and a slot publishes under its own.
        long until = System.nanoTime() + 30_000_000_000L;
        String now = h.slots.status().get("stim").reason();
        while (!now.contains(reason) || reason.isEmpty() && !now.isEmpty()) {
            assertTrue(System.nanoTime() < until, now);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
            now = h.slots.status().get("stim").reason();
        }
    }

    @Test
    void whatWaitsToBeBegunIsLookedAtAgain() {
        try (House h = new House()) {
            h.providers.offer(provider);
            h.objection = "participant P01 has no screening";
            get(h.slots.prepare(House.source("stim", "stim"), House.SOON));
            assertEquals(
                    "participant P01 has no screening",
                    h.slots.status().get("stim").reason());
            h.objection = "";
            shows(h, "");
            h.objection = "an emergency stop is latched";
            shows(h, "an emergency stop is latched");
            h.gate = null;
            shows(h, "no gate service");
            assertEquals(SlotStatus.State.PREPARED, h.state("stim"));
        }
    }

    @Test
    void aCommandThatComesTwiceIsExecutedOnceAndAnsweredAlike() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            tell(h, "a");
            tell(h, "a");
            h.time.settle();
            assertEquals(1, executed());
            List<Payload> replies = h.bus.of(Kind.ACK, "stim");
            assertEquals(2, replies.size());
            assertEquals(replies.get(0), replies.get(1));
        }
    }

    @Test
    void pauseMakesSafeAndResumeDoesNotArm() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            get(h.slots.pause("stim"));
            safe(h, "a");
            assertThrows(HostException.class, () -> get(h.slots.arm("stim")));
            get(h.slots.resume("stim"));
            assertEquals(Outcome.REFUSED, tell(h, "b").outcome());
            get(h.slots.arm("stim"));
            assertEquals(Outcome.EXECUTED, tell(h, "c").outcome());
        }
    }

    @Test
    void aPhaseThatDoesNotRunItMakesItSafe() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            h.slots.announce("stim", phase("off", 0, 100, 200, false), Duration.ZERO);
            h.slots.announce("stim", phase("on", 1, 200, 300, true), Duration.ZERO);
            h.millis(150);
            safe(h, "a");
            h.millis(250);
            assertEquals(State.RUNNING, h.state("stim"));
            assertEquals(Outcome.REFUSED, tell(h, "b").outcome());
        }
    }

    @Test
    void stopOnTheBusMakesSafe() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            h.bus.publish(Topic.ofSite("lab", Kind.STOP, ""), new Payload.Document("stop", -1, Map.of()), 0);
            h.time.settle();
            safe(h, "a");
        }
    }

    @Test
    void aBusThatIsAwayLongerThanTheLeaseMakesSafe() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            CountDownLatch safe = new CountDownLatch(1);
            stim.at.put("safeState", d -> safe.countDown());
            h.bus.connected(false);
            assertTrue(within(safe));
            assertTrue(stim.log.get(stim.log.size() - 1).contains("lease-watch"), stim.log.toString());
            h.bus.connected(true);
            safe(h, "a");
        }
    }

    @Test
    void aSilentControllerMakesSafeThoughTheBusIsThere() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            LinkedBlockingQueue<Disarmed> news = disarmed(h);
            h.controllerAlive = false;
            assertEquals(Cause.CONTROLLER_SILENT, next(news).cause());
            safe(h, "a");
            HostException e = assertThrows(HostException.class, () -> get(h.slots.arm("stim")));
            assertTrue(e.getMessage().contains("no controller was heard of"), e.getMessage());
            h.controllerAlive = true;
            get(h.slots.arm("stim"));
            assertEquals(Outcome.EXECUTED, tell(h, "b").outcome());
        }
    }

    @Test
    void anInputThatIsNotHeardOfMakesSafeUntilItIs() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            LinkedBlockingQueue<Disarmed> news = disarmed(h);
            h.stale = "slot eeg was not heard of for 600 ms";
            assertEquals(new Disarmed("stim", Cause.INPUT_STALE, h.stale), next(news));
            safe(h, "a");
            HostException e = assertThrows(HostException.class, () -> get(h.slots.arm("stim")));
            assertTrue(e.getMessage().contains("slot eeg was not heard of"), e.getMessage());
        }
    }

    @Test
    void whoIsToldToArmMeanwhileIsArmedOnceTheInputIsBack() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            LinkedBlockingQueue<Disarmed> news = disarmed(h);
            h.stale = "slot eeg was not heard of for 600 ms";
            next(news);
            CompletionStage<SlotStatus> arming = h.slots.arm("stim");
            h.stale = "";
            get(arming);
            assertEquals(Outcome.EXECUTED, tell(h, "a").outcome());
        }
    }

    @Test
    void aFaultOfTheDeviceDisarmsAndAPersonCanArmAgain() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            LinkedBlockingQueue<Disarmed> news = disarmed(h);
            tell(h, "fault");
            assertEquals(new Disarmed("stim", Cause.DEVICE_FAULT, "an electrode is off"), next(news));
            assertEquals(Outcome.REFUSED, tell(h, "b").outcome());
            get(h.slots.arm("stim"));
            assertEquals(Outcome.EXECUTED, tell(h, "c").outcome());
            assertEquals(2, stim.log.stream().filter(l -> l.startsWith("arm")).count(), stim.log.toString());
        }
    }

    private static boolean within(CountDownLatch latch) {
        try {
            return latch.await(20, java.util.concurrent.TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void armingWhileTheBusIsAwayIsRefused() {
        try (House h = house()) {
            h.bus.connected(false);
            HostException e = assertThrows(HostException.class, () -> get(h.slots.arm("stim")));
            assertTrue(e.getMessage().contains("bus is not connected"), e.getMessage());
        }
    }

    @Test
    void aDeviceThatIsNotReadyIsNotArmedButMayBeLater() {
        try (House h = house()) {
            stim.at.put("arm", d -> {
                throw new Plugins.NotReady("switch it on");
            });
            HostException e = assertThrows(HostException.class, () -> get(h.slots.arm("stim")));
            assertTrue(e.getMessage().contains("was not armed: switch it on"), e.getMessage());
            assertEquals(State.RUNNING, h.state("stim"));
            assertEquals(Outcome.REFUSED, tell(h, "a").outcome());
            stim.at.clear();
            get(h.slots.arm("stim"));
            assertEquals(Outcome.EXECUTED, tell(h, "b").outcome());
        }
    }

    @Test
    void whoeverMayNotBeStimulatedIsKnownWhenTheSlotIsPreparedAndNothingIsArmed() {
        try (House h = new House()) {
            h.objection = "participant P01 has no screening";
            h.providers.offer(provider);
            SlotStatus prepared = get(h.slots.prepare(House.source("stim", "stim"), House.SOON));
            assertEquals(State.PREPARED, prepared.state());
            assertEquals("participant P01 has no screening", prepared.reason());
            get(h.slots.start("stim"));
            HostException e = assertThrows(HostException.class, () -> get(h.slots.arm("stim")));
            assertTrue(e.getMessage().contains("was not armed: participant P01 has no screening"), e.getMessage());
            h.objection = "";
            get(h.slots.arm("stim"));
        }
    }

    @Test
    void safeWhileItIsBeingArmedWins() {
        try (House h = house()) {
            stim.at.put("arm", d -> h.slots.safeState("at the same time"));
            HostException e = assertThrows(HostException.class, () -> get(h.slots.arm("stim")));
            assertTrue(e.getMessage().contains("while it was being armed"), e.getMessage());
            safe(h, "a");
        }
    }

    @Test
    void anActuatorThatThrowsIsUnknownSafeAndFailed() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            stim.at.put("execute", d -> {
                throw new IllegalStateException("cable");
            });
            Acknowledgement a = tell(h, "a");
            assertEquals(Outcome.UNKNOWN, a.outcome());
            h.await("stim", State.FAILED);
            assertTrue(stim.log.stream().anyMatch(l -> l.startsWith("safeState")));
            assertEquals(Outcome.REFUSED, tell(h, "b").outcome());
        }
    }

    @Test
    void anActuatorThatHangsIsMadeSafeByTheWatchdogAndItsCommandIsUnknown() {
        CountDownLatch release = new CountDownLatch(1);
        try (House h = house()) {
            get(h.slots.arm("stim"));
            stim.at.put("execute", d -> {
                while (release.getCount() > 0) {
                    try {
                        release.await();
                    } catch (InterruptedException ignored) {
                        continue; // as bad plug-ins do
                    }
                }
            });
            Acknowledgement a = tell(h, "a");
            assertEquals(Outcome.UNKNOWN, a.outcome());
            assertTrue(a.reason().contains("longer than its 2000 ms"), a.reason());
            assertTrue(stim.log.stream().anyMatch(l -> l.startsWith("safeState slots-watchdog")), stim.log.toString());
            assertEquals(State.FAILED, h.state("stim"));
        } finally {
            release.countDown();
        }
    }

    @Test
    void theLossOfItsPluginMakesItSafeFirst() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            h.providers.lose(provider);
            assertEquals(State.LOST, h.state("stim"));
            int safe = stim.log.indexOf("safeState " + Thread.currentThread().getName());
            assertTrue(safe >= 0 && safe < stim.log.indexOf("close"), stim.log.toString());
            Acknowledgement a = tell(h, "a");
            assertEquals(Outcome.REFUSED, a.outcome());
            assertTrue(a.reason().contains("LOST"), a.reason());
        }
    }

    @Test
    void theEndOfTheSessionMakesItSafeFirst() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            h.slots.close();
            assertTrue(stim.log.get(stim.log.size() - 2).startsWith("safeState"), stim.log.toString());
            assertEquals("close", stim.log.get(stim.log.size() - 1));
            assertEquals(0, h.bus.routes());
        }
    }

    /** A listener's news, in order. */
    private static LinkedBlockingQueue<Disarmed> disarmed(House h) {
        LinkedBlockingQueue<Disarmed> news = new LinkedBlockingQueue<>();
        h.slots.onDisarmed(news::add);
        return news;
    }

    private static Disarmed next(LinkedBlockingQueue<Disarmed> news) {
        try {
            Disarmed d = news.poll(20, TimeUnit.SECONDS);
            assertTrue(d != null, "nothing was told");
            return d;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void eachTimeItIsMadeSafeIsToldOnceWithItsCause() {
        try (House h = house()) {
            LinkedBlockingQueue<Disarmed> news = disarmed(h);
            h.slots.safeState("not armed yet");
            get(h.slots.arm("stim"));
            h.slots.safeState("by hand");
            h.slots.safeState("by hand again");
            assertEquals(new Disarmed("stim", Cause.ORDERED, "by hand"), next(news));
            get(h.slots.arm("stim"));
            h.bus.connected(false);
            assertEquals(new Disarmed("stim", Cause.BUS_AWAY, "the bus was away for more than 5000 ms"), next(news));
            h.bus.connected(true);
            get(h.slots.arm("stim"));
            h.providers.lose(provider);
            assertEquals(new Disarmed("stim", Cause.SLOT_LOST, "plug-in stim was taken away"), next(news));
            assertTrue(news.isEmpty(), news.toString());
        }
    }

    @Test
    void aSlotThatFailsMakesTheActuatorsOfTheOthersSafe() {
        Script counter = new Script();
        try (House h = house()) {
            h.providers.offer(FakeProviders.provider(
                    "other",
                    PluginKind.ACTUATOR,
                    "1.0.0",
                    Plugins.STIM_PORTS,
                    false,
                    c -> new Plugins.Stim(c, counter)));
            h.ready(House.source("other", "other"));
            LinkedBlockingQueue<Disarmed> news = disarmed(h);
            get(h.slots.arm("stim"));
            get(h.slots.arm("other"));
            counter.at.put("execute", d -> {
                throw new IllegalStateException("cable");
            });
            Command c = new Command("x", "other", "pulse", Map.of("amplitude", 1.0), h.time.nowNanos(), "t");
            h.bus.publish(Topic.of("lab", "s1", Kind.COMMAND, "other", ""), new Payload.Request(c), 0);
            Disarmed own = next(news);
            assertEquals("other", own.slot());
            assertEquals(Cause.SLOT_LOST, own.cause());
            Disarmed neighbour = next(news);
            assertEquals("stim", neighbour.slot());
            assertEquals(Cause.SLOT_LOST, neighbour.cause());
            assertTrue(neighbour.reason().startsWith("slot other failed: "), neighbour.reason());
            safe(h, "a");
        }
    }

    @Test
    void armingWhatIsArmedLeavesTheDeviceAlone() {
        try (House h = house()) {
            get(h.slots.arm("stim"));
            stim.at.put("arm", d -> {
                throw new Plugins.NotReady("it is at work");
            });
            get(h.slots.arm("stim"));
            assertEquals(Outcome.EXECUTED, tell(h, "a").outcome());
        }
    }
}
