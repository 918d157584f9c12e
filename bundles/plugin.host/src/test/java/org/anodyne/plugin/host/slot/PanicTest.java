package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.bus.Topic.Kind;
import org.anodyne.host.Disarmed;
import org.anodyne.host.Disarmed.Cause;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.host.slot.Plugins.Script;
import org.anodyne.plugin.scene.Display;
import org.junit.jupiter.api.Test;

/** The participant presses panic: everything is safe before the bus knows of it. */
class PanicTest {
    private final Script stim = new Script();
    private final AtomicReference<PluginContext> display = new AtomicReference<>();
    private final AtomicReference<PluginContext> processor = new AtomicReference<>();
    private final LinkedBlockingQueue<Disarmed> disarmed = new LinkedBlockingQueue<>();

    /** Shows nothing. */
    private static final class Blank implements Display {
        @Override
        public void show(Act act) {
            // Nothing is to be seen.
        }

        @Override
        public CompletionStage<Void> hide(Act act) {
            return CompletableFuture.completedFuture(null);
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    /** Two armed actuators, a display and a processor. */
    private House house() {
        House h = new House();
        h.providers
                .offer(FakeProviders.provider(
                        "stim",
                        PluginKind.ACTUATOR,
                        "1.0.0",
                        Plugins.STIM_PORTS,
                        false,
                        c -> new Plugins.Stim(c, stim)))
                .offer(FakeProviders.provider("display", PluginKind.DISPLAY, "1.0.0", PluginPorts.NONE, false, c -> {
                    display.set(c);
                    return new Blank();
                }))
                .offer(FakeProviders.provider("sum", PluginKind.PROCESSOR, "1.0.0", Plugins.SUM_PORTS, false, c -> {
                    processor.set(c);
                    return new Plugins.Sum(c, new Script());
                }));
        h.ready(
                House.source("stim", "stim"),
                House.source("second", "stim"),
                House.source("screen", "display"),
                House.taking("sum", "sum", "eeg"));
        h.slots.onDisarmed(disarmed::add);
        get(h.slots.arm("stim"));
        get(h.slots.arm("second"));
        return h;
    }

    private static void panic(PluginContext context) {
        context.outlet().event(new Event("panic", context.clock().nowNanos(), Map.of("by", "participant")));
    }

    private static Outcome tell(House h, String slot, String id) {
        Command c = new Command(id, slot, "pulse", Map.of("amplitude", 1.0), h.time.nowNanos(), "t");
        h.bus.publish(Topic.of("lab", "s1", Kind.COMMAND, slot, ""), new Payload.Request(c), 0);
        Payload.Reply reply = (Payload.Reply) h.bus.await(m -> m.payload() instanceof Payload.Reply x
                        && x.acknowledgement().commandId().equals(id))
                .payload();
        return reply.acknowledgement().outcome();
    }

    @Test
    void panicFromADisplayMakesAllActuatorsSafeOnTheSpot() throws InterruptedException {
        try (House h = house()) {
            assertEquals(Outcome.EXECUTED, tell(h, "stim", "a"));
            panic(display.get());
            // On this thread, before the call was back.
            assertEquals(
                    2,
                    stim.log.stream()
                            .filter(("safeState " + Thread.currentThread().getName())::equals)
                            .count(),
                    stim.log.toString());
            for (int i = 0; i < 2; i++) {
                Disarmed now = disarmed.poll(20, TimeUnit.SECONDS);
                assertTrue(List.of("stim", "second").contains(now.slot()), now.toString());
                assertEquals(Cause.ORDERED, now.cause());
                assertEquals("the participant pressed panic", now.reason());
            }
            assertEquals(Outcome.REFUSED, tell(h, "stim", "b"));
            assertEquals(Outcome.REFUSED, tell(h, "second", "c"));
            h.bus.await(m -> m.topic().kind() == Kind.EVENT && m.topic().name().equals("panic"));
            get(h.slots.arm("stim"));
            assertEquals(Outcome.EXECUTED, tell(h, "stim", "d"));
        }
    }

    @Test
    void aParticipantWhoFeelsTooSickIsTreatedAlike() throws InterruptedException {
        try (House h = house()) {
            PluginContext c = display.get();
            c.outlet().event(new Event("fms-stop", c.clock().nowNanos(), Map.of("rating", 16L, "limit", 15.0)));
            for (int i = 0; i < 2; i++) {
                Disarmed now = disarmed.poll(20, TimeUnit.SECONDS);
                assertEquals(Cause.ORDERED, now.cause());
                assertEquals("the participant feels too sick", now.reason());
            }
            assertEquals(Outcome.REFUSED, tell(h, "stim", "a"));
        }
    }

    @Test
    void panicIsHeardWhileTheBusIsAway() {
        try (House h = house()) {
            h.bus.connected(false);
            long before =
                    stim.log.stream().filter(l -> l.startsWith("safeState")).count();
            panic(display.get());
            assertEquals(
                    before + 2,
                    stim.log.stream().filter(l -> l.startsWith("safeState")).count());
        }
    }

    @Test
    void anEventOfThatNameFromAnotherKindIsNoPanic() {
        try (House h = house()) {
            panic(processor.get());
            assertEquals(Outcome.EXECUTED, tell(h, "stim", "a"));
            assertTrue(disarmed.isEmpty());
        }
    }
}
