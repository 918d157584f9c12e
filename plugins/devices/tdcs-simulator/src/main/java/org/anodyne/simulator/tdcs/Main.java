package org.anodyne.simulator.tdcs;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {
    private static final String IMPEDANCE = "--impedance";
    private static final String DRIFT = "--drift";

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put(IMPEDANCE, "total of both electrodes at the beginning, kOhm (8)");
        own.put(DRIFT, "its change in percent per minute (-1)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of a tDCS/tACS stimulator that speaks the reference protocol.",
                        own,
                        Unit.FAULTS,
                        (options, wire, trace, now) -> new Unit(
                                now,
                                options.seed(),
                                new Body(options.real(IMPEDANCE, 8, 0.1, 500), options.real(DRIFT, -1, -50, 100), now),
                                wire,
                                trace)));
    }
}
