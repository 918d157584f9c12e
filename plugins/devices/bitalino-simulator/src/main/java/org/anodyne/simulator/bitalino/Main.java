package org.anodyne.simulator.bitalino;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {

    private static final String FIRMWARE = "--firmware";

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put(FIRMWARE, "51 or 52: version 5.1, or 5.2 with the PWM byte in its state (52)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of a BITalino (r)evolution.",
                        own,
                        Device.FAULTS,
                        (options, wire, trace, now) -> new Device(
                                now, options.seed(), (int) options.whole(FIRMWARE, 52, 51, 52), wire, trace)));
    }
}
