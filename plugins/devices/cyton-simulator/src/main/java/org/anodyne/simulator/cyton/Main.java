package org.anodyne.simulator.cyton;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.simulator.kit.Options;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {

    private static final String DAISY = "--daisy";
    private static final String DRIFT = "--drift-ppm";
    private static final String AMPLITUDE = "--amplitude";

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put(DAISY, "1 when a Daisy module is plugged on (0)");
        own.put(DRIFT, "how much too fast the board's clock runs, parts per million (0)");
        own.put(AMPLITUDE, "amplitude of the sine waves in uV; channel k has k + 4 Hz (50)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of an OpenBCI Cyton behind its dongle.",
                        own,
                        Board.FAULTS,
                        (options, wire, trace, now) -> new Board(now, read(options), wire, trace)));
    }

    private static Board.Build read(Options options) {
        return new Board.Build(
                options.seed(),
                options.whole(DAISY, 0, 0, 1) == 1,
                options.real(DRIFT, 0, -10_000, 10_000),
                options.real(AMPLITUDE, 50, 0, 180_000));
    }
}
