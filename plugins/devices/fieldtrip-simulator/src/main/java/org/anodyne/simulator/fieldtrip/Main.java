package org.anodyne.simulator.fieldtrip;

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
        own.put("--rate", "samples per second (250)");
        own.put("--block", "samples that are written at once (5)");
        own.put("--length", "seconds that the buffer holds (60)");
        own.put("--format", "float32 or int16 (float32)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of a FieldTrip buffer that an amplifier's program writes into.",
                        own,
                        Buffer.FAULTS,
                        (options, wire, trace, now) -> new Buffer(
                                new Buffer.Setup(
                                        (int) options.whole("--channels", 2, 1, 256),
                                        options.real("--rate", 250, 1, 25_000),
                                        (int) options.whole("--block", 5, 1, 10_000),
                                        options.real("--length", 60, 0.01, 3600),
                                        floats(options.text("--format", "float32"))),
                                now,
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
