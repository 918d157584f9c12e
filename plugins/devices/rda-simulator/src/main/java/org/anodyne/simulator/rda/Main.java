package org.anodyne.simulator.rda;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {
    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put("--channels", "number of channels (2)");
        own.put("--rate", "samples per second (500)");
        own.put("--points", "samples of a block (10)");
        own.put("--format", "float32, as at port 51244, or int16, as at port 51234 (float32)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of a BrainVision recorder that serves Remote Data Access.",
                        own,
                        Recorder.FAULTS,
                        (options, wire, trace, now) -> new Recorder(
                                new Recorder.Setup(
                                        (int) options.whole("--channels", 2, 1, 256),
                                        options.real("--rate", 500, 1, 25_000),
                                        (int) options.whole("--points", 10, 1, 10_000),
                                        floats(options.text("--format", "float32"))),
                                options.seed(),
                                wire,
                                trace)));
    }

    private static boolean floats(String format) {
        if (!format.equals("float32") && !format.equals("int16")) {
            throw new IllegalArgumentException("--format is float32 or int16, not \"" + format + "\"");
        }
        return format.equals("float32");
    }
}
