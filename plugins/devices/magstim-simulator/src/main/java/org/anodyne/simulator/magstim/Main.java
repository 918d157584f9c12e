package org.anodyne.simulator.magstim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.simulator.kit.Options;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {
    private static final String MODEL = "--model";
    private static final String SOFTWARE = "--software";
    private static final String MAINS = "--mains";
    private static final String UNLOCK = "--unlock";
    private static final String LOCKED = "--locked";
    private static final String AMBIENT = "--ambient";

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put(MODEL, "magstim-200, bistim, rapid, super-rapid, super-rapid-plus1 (magstim-200)");
        own.put(SOFTWARE, "software version of a Rapid (9.0.0)");
        own.put(MAINS, "240 or 115: volts (240)");
        own.put(UNLOCK, "unlock code that Q must bear (none)");
        own.put(LOCKED, "1: trains cannot be set while armed, 0: they can (1)");
        own.put(AMBIENT, "temperature of the room and the cold coil, degrees Celsius (22)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of a Magstim 200², BiStim² or Rapid².",
                        own,
                        Stimulator.FAULTS,
                        (options, wire, trace, now) -> new Stimulator(read(options), wire, trace, now)));
    }

    private static StimulatorOptions read(Options options) {
        return new StimulatorOptions(
                Product.of(
                        options.text(MODEL, "magstim-200"),
                        options.text(SOFTWARE, "9.0.0"),
                        options.whole(MAINS, 240, 115, 240)),
                options.text(UNLOCK, ""),
                options.whole(LOCKED, 1, 0, 1) == 1,
                options.real(AMBIENT, 22, 0, 39),
                options.seed());
    }
}
