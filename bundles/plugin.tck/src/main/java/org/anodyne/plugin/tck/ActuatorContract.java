package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import java.util.Set;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.device.Actuator;
import org.junit.jupiter.api.Test;

/** The contract of an actuator. {@link #input} must lead to a device, real or simulated. */
public abstract class ActuatorContract extends PluginContract {
    @Override
    protected final Class<? extends PluginInstance> role() {
        return Actuator.class;
    }

    /** A command that an armed actuator executes. */
    protected abstract Command harmless(String id);

    @Test
    void refusesUnlessArmed() throws Exception {
        Set<Thread> before = threads();
        FakeContext context = context();
        try (Actuator actuator = (Actuator) prepared(context)) {
            actuator.start();
            Acknowledgement unarmed = actuator.execute(harmless("a-1"));
            assertEquals(Acknowledgement.Outcome.REFUSED, unarmed.outcome());
            assertFalse(unarmed.reason().isBlank(), "a refusal says why");
            assertEquals("a-1", unarmed.commandId());
            actuator.arm();
            Acknowledgement armed = actuator.execute(harmless("a-2"));
            assertEquals(Acknowledgement.Outcome.EXECUTED, armed.outcome(), armed.reason());
        }
        assertNoThreadsSince(before);
    }

    @Test
    void safeStateFromAnyThreadEndsInRefusal() throws Exception {
        FakeContext context = context();
        try (Actuator actuator = (Actuator) prepared(context)) {
            actuator.start();
            actuator.arm();
            Thread other = new Thread(actuator::safeState, "somebody-else");
            other.start();
            other.join();
            assertEquals(
                    Acknowledgement.Outcome.REFUSED,
                    actuator.execute(harmless("a-1")).outcome());
            actuator.arm();
            assertEquals(
                    Acknowledgement.Outcome.EXECUTED,
                    actuator.execute(harmless("a-2")).outcome());
        }
    }

    @Test
    void safeStateCannotFailInAnyState() throws Exception {
        Actuator actuator = (Actuator) factory().create(context());
        actuator.safeState();
        actuator.close();
        actuator.safeState();
    }

    @Test
    void unknownActionIsRefused() throws Exception {
        try (Actuator actuator = (Actuator) prepared(context())) {
            actuator.start();
            actuator.arm();
            Acknowledgement answer =
                    actuator.execute(new Command("a-1", "slot", "no-such-action", Map.of(), 0, "test"));
            assertEquals(Acknowledgement.Outcome.REFUSED, answer.outcome());
        }
    }
}
