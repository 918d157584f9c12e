package org.anodyne.plugin.host.slot;

import static org.anodyne.plugin.host.slot.House.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anodyne.host.HostException;
import org.anodyne.host.SlotSpec;
import org.anodyne.host.SlotStatus.State;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.FakeProviders;
import org.anodyne.plugin.scene.Display;
import org.junit.jupiter.api.Test;

/** A participant who was not screened: the headset is ready, says why it will not begin, and is given no world. */
class WithheldWorldTest {
    private static final String WHY = "participant P01 has no screening";

    private final List<String> calls = new CopyOnWriteArrayList<>();

    private final class Recording implements Display {
        @Override
        public void start() {
            calls.add("start");
        }

        @Override
        public void show(Act act) {
            calls.add("show");
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

    private House house(String objection) {
        House h = new House();
        h.objection = objection;
        h.providers.offer(FakeProviders.provider(
                "display", PluginKind.DISPLAY, "1.0.0", PluginPorts.NONE, false, c -> new Recording()));
        return h;
    }

    private static SlotSpec display(String mode) {
        Parameters parameters = new Parameters(Map.of("mode", mode));
        return new SlotSpec("world", "display", parameters, Map.of(), Map.of(), Optional.empty(), 7);
    }

    @Test
    void aHeadsetIsPreparedAndNotStartedUntilAScreeningIsThere() {
        try (House h = house(WHY)) {
            assertEquals(
                    WHY, get(h.slots.prepare(display("headset"), House.SOON)).reason());
            HostException e = assertThrows(HostException.class, () -> get(h.slots.start("world")));
            assertTrue(e.getMessage().contains("slot world was not started: " + WHY), e.getMessage());
            assertEquals(State.PREPARED, h.state("world"));
            assertEquals(List.of(), calls);
            h.objection = "";
            // The heartbeats of who controls make it look again.
            h.until("world", s -> s.reason().isEmpty());
            get(h.slots.start("world"));
            assertEquals(State.RUNNING, h.state("world"));
            assertEquals(List.of("start"), calls);
        }
    }

    @Test
    void aHeadsetWithoutAGateIsNotStartedAndAScreenIs() {
        try (House h = house("")) {
            h.gate = null;
            String reason = get(h.slots.prepare(display("headset"), House.SOON)).reason();
            assertTrue(reason.contains("install the safety bundle"), reason);
            assertThrows(HostException.class, () -> get(h.slots.start("world")));
        }
        try (House h = house(WHY)) {
            h.ready(display("window"));
            assertEquals(State.RUNNING, h.state("world"));
        }
    }
}
