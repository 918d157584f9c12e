package org.anodyne.plugins.thermodetcs2;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;
import org.anodyne.simulator.kit.SimulatorProcess;

/** What the tests of this module need to set up an adapter. */
final class Site {
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private Site() {}

    /** A busy machine may let the simulator answer late; how late is judged only where it says so. */
    static FakeContext context(String address) {
        return context(address, 5);
    }

    static FakeContext context(String address, double replyTimeout) {
        return FakeContext.of(Schema.of(ThermodeFactory.class).defaultsWith(Map.of("replyTimeout", replyTimeout)))
                .with(address);
    }

    /** An adapter that is started but not armed. */
    static Actuator adapter(FakeContext context) throws Exception {
        Actuator actuator = (Actuator) new ThermodeFactory("").create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        actuator.start();
        return actuator;
    }

    static SimulatorProcess simulator(String... arguments) throws IOException {
        return SimulatorProcess.simulator("tcs2-simulator", arguments);
    }

    static Command heat(String id, double temperature, double duration) {
        return command(id, Map.of("temperature", temperature, "duration", duration));
    }

    static Command command(String id, Map<String, Double> changed) {
        Map<String, Double> arguments =
                new HashMap<>(Map.of("temperature", 45.0, "duration", 2.0, "rise", 50.0, "area", 0.0));
        arguments.putAll(changed);
        return new Command(id, "slot", "heat", arguments, 0, "test");
    }

    static double number(String state, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?[0-9.]+)").matcher(state);
        if (!matcher.find()) {
            throw new AssertionError(name + " is not in " + state);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
