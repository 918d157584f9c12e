package org.anodyne.plugins.tdcsreference;

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
    static final TdcsFactory.Site PLAIN = new TdcsFactory.Site("", "");

    private Site() {}

    /** A busy machine may let the simulator answer late and the adapter ask late; how late is judged only where it says so. */
    static FakeContext context(String address, Map<String, Object> parameters) {
        Map<String, Object> all = new HashMap<>(Map.of("minimumRamp", 1.0, "replyTimeout", 5.0, "watchdog", 5.0));
        all.putAll(parameters);
        return FakeContext.of(Schema.of(TdcsFactory.class).defaultsWith(all)).with(address);
    }

    /** An adapter that is started but not armed. */
    static Actuator adapter(FakeContext context, TdcsFactory.Site site) throws Exception {
        Actuator actuator = (Actuator) new TdcsFactory(site).create(context);
        actuator.prepare(Inputs.NONE, Deadline.in(PATIENCE));
        actuator.start();
        return actuator;
    }

    static SimulatorProcess simulator(String... arguments) throws IOException {
        return SimulatorProcess.simulator("tdcs-simulator", arguments);
    }

    static Command stimulate(String id, double current, double duration, double ramp) {
        return command(id, Map.of("current", current, "duration", duration, "ramp", ramp));
    }

    static Command command(String id, Map<String, Double> changed) {
        Map<String, Double> arguments = new HashMap<>(
                Map.of("current", 1.0, "duration", 10.0, "ramp", 1.0, "area", 25.0, "frequency", 0.0, "sham", 0.0));
        arguments.putAll(changed);
        return new Command(id, "slot", "stimulate", arguments, 0, "test");
    }

    static double number(String state, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(-?[0-9.]+)").matcher(state);
        if (!matcher.find()) {
            throw new AssertionError(name + " is not in " + state);
        }
        return Double.parseDouble(matcher.group(1));
    }
}
