package org.anodyne.simulator.rehastim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.simulator.kit.Options;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {

    private static final String STEP = "--current-step";
    private static final String FIRST = "--first-number";
    private static final String AFTER_STOP = "--mode-after-stop";

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put(STEP, "1 or 2: step of the output stage in mA (2)");
        own.put(FIRST, "packet number of the first Init, 0-255 (0)");
        own.put(AFTER_STOP, "0: Stop forgets the channel list, 1: keeps it (0)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of a RehaStim2 that speaks ScienceMode2.",
                        own,
                        Unit.FAULTS,
                        (options, wire, trace, now) -> new Unit(now, read(options), wire, trace)));
    }

    private static UnitOptions read(Options options) {
        return new UnitOptions(
                options.seed(), (int) options.whole(STEP, 2, 1, 2), (int) options.whole(FIRST, 0, 0, 255), (int)
                        options.whole(AFTER_STOP, 0, 0, 1));
    }
}
