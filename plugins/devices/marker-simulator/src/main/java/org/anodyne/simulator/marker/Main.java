package org.anodyne.simulator.marker;

import java.util.LinkedHashMap;
import java.util.Map;
import org.anodyne.simulator.kit.Simulation;
import org.anodyne.simulator.kit.SimulatorMain;

/** Runs the simulator as a process: prints {@code LISTENING address} once a host may connect. */
public final class Main {

    private static final String BOX = "--box";

    private Main() {}

    /** Starts the simulator; exit code 0 after quit, 2 when the command line or the line cannot be used. */
    public static void main(String[] arguments) {
        Map<String, String> own = new LinkedHashMap<>();
        own.put(BOX, "generic, triggerbox or xid (generic)");
        SimulatorMain.run(
                arguments,
                new Simulation(
                        "Simulator of marker boxes: a generic serial byte, TriggerBox, Cedrus XID.",
                        own,
                        MarkerDevice.FAULTS,
                        (options, wire, trace, now) -> new MarkerDevice(
                                now, options.seed(), kind(options.text(BOX, "generic")), wire, trace)));
    }

    private static boolean kind(String name) {
        return switch (name) {
            case "generic", "triggerbox" -> false;
            case "xid" -> true;
            default -> throw new IllegalArgumentException(BOX + " must be generic, triggerbox or xid, not " + name);
        };
    }
}
