package org.anodyne.simulator.magventure;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.simulator.kit.Options;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {
    private static final List<String> MODELS =
            List.of("r30", "x100", "r30-option", "x100-option", "r30-option-mono", "mst");
    private static final String MODEL = "--model";
    private static final String MODE = "--mode";
    private static final String SERIAL = "--serial";
    private static final String AMBIENT = "--ambient";

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put(MODEL, String.join(", ", MODELS) + " (r30)");
        own.put(MODE, "0 Standard, 1 Power, 2 Twin, 3 Dual (0)");
        own.put(SERIAL, "serial number (12345)");
        own.put(AMBIENT, "temperature of the room and the cold coil, degrees Celsius (22)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of a MagVenture MagPro.",
                        own,
                        MagPro.FAULTS,
                        (options, wire, trace, now) -> new MagPro(read(options), wire, trace, now)));
    }

    private static MagProOptions read(Options options) {
        int model = MODELS.indexOf(options.text(MODEL, "r30"));
        if (model < 0) {
            throw new IllegalArgumentException(MODEL + " needs one of " + String.join(", ", MODELS));
        }
        return new MagProOptions(
                model,
                (int) options.whole(MODE, 0, 0, 3),
                (int) options.whole(SERIAL, 12_345, 0, 0xFFFFFF),
                options.real(AMBIENT, 22, 0, 39),
                options.seed());
    }
}
