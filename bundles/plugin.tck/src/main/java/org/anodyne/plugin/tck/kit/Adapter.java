package org.anodyne.plugin.tck.kit;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.PluginFactory;

/**
 * The adapter under test and what it is tested with.
 *
 * @param factory makes instances; a new one may be asked for each time
 * @param parameters complete, as a session would have them
 * @param address of the device or simulator
 * @param control of the simulator, {@code HOST:PORT}; empty for a real device: its faults are then not asked for
 * @param command that an armed actuator executes without harm, with a visible output if it has any; empty: one is made of the
 *     least values of the first action
 * @param watchdog within which the device switches itself off when nothing comes; empty when it has none
 */
public record Adapter(
        PluginFactory factory,
        Map<String, Object> parameters,
        String address,
        Optional<String> control,
        Optional<Command> command,
        Optional<Duration> watchdog) {
    public Adapter {
        parameters = Map.copyOf(parameters);
    }
}
