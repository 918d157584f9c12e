package org.anodyne.simulator.kit;

import java.util.Map;
import java.util.Set;

/**
 * What the main class of a simulator tells the kit.
 *
 * @param title one sentence that says what is simulated
 * @param options the device's own options, each with a value, in the order of the help text: name (such as
 *     {@code --current-step}) to what is said of it
 * @param faults the faults the device has
 * @param maker switches the device on
 */
public record Simulation(String title, Map<String, String> options, Set<FaultKind> faults, Maker maker) {

    /** Switches a device on. */
    @FunctionalInterface
    public interface Maker {

        /**
         * A device as after power-up. Faults of the command line are injected afterwards.
         *
         * @throws IllegalArgumentException when an option's value cannot be used; the message is shown to the person
         */
        SimulatedDevice make(Options options, Wire wire, Trace trace, long now);
    }
}
