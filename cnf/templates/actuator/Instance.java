package org.anodyne.plugins.__package__;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.device.Actuator;

/** Counts the pulses that it is told to give. */
final class __Class__ implements Actuator {
    private final PluginContext context;
    private final double maxAmplitude;
    private final AtomicBoolean armed = new AtomicBoolean();
    private boolean closed;

    __Class__(PluginContext context) {
        this.context = context;
        this.maxAmplitude = context.parameters().number("maxAmplitude");
    }

    @Override
    public void arm() {
        armed.set(!closed);
    }

    @Override
    public Acknowledgement execute(Command command) {
        if (!armed.get()) {
            return refused(command, "the actuator is not armed: an operator has to arm it");
        }
        if (!command.action().equals(__Class__Factory.ACTION)) {
            return refused(command, "there is no action '" + command.action() + "'; there is pulse");
        }
        double amplitude = command.arguments().getOrDefault(__Class__Factory.AMPLITUDE, Double.NaN);
        if (!(amplitude >= 0 && amplitude <= maxAmplitude)) {
            return refused(command, "amplitude " + amplitude + " mA is not within 0 to " + maxAmplitude + " mA");
        }
        return new Acknowledgement(
                command.id(),
                Acknowledgement.Outcome.EXECUTED,
                "",
                context.clock().nowNanos(),
                Map.of("pulses", 1.0));
    }

    private Acknowledgement refused(Command command, String reason) {
        return new Acknowledgement(
                command.id(),
                Acknowledgement.Outcome.REFUSED,
                reason,
                context.clock().nowNanos(),
                Map.of());
    }

    @Override
    public void safeState() {
        armed.set(false);
    }

    @Override
    public void pause() {
        safeState();
    }

    @Override
    public void close() {
        closed = true;
        safeState();
    }
}
