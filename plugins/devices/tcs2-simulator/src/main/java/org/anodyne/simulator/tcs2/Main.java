package org.anodyne.simulator.tcs2;

import java.util.Map;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of a TCS II thermode.",
                        Map.of(),
                        Unit.FAULTS,
                        (options, wire, trace, now) -> new Unit(now, options.seed(), wire, trace)));
    }
}
