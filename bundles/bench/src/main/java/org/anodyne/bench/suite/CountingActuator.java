package org.anodyne.bench.suite;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.plugin.device.Actuator;
import org.osgi.service.component.annotations.Component;

/** An actuator without a device: notes when each command got to it. */
@Component(service = {PluginFactory.class, CountingActuator.class})
@ProvidesPlugin(
        kind = PluginKind.ACTUATOR,
        id = CountingActuator.ID,
        title = "Actuator without a device, for benchmarks")
public final class CountingActuator implements PluginFactory {
    static final String ID = "bench-actuator";
    static final String ACTION = "count";

    /** When each command was executed, {@link System#nanoTime()} by command id. */
    private final Map<String, Long> executed = new ConcurrentHashMap<>();

    Map<String, Long> executed() {
        return executed;
    }

    @Override
    public PluginPorts ports(Parameters parameters) {
        return new PluginPorts(List.of(), List.of(), List.of(), List.of(new PluginPorts.ActionInfo(ACTION, List.of())));
    }

    @Override
    public PluginInstance create(PluginContext context) {
        return new Counter(context, executed);
    }

    private record Counter(PluginContext context, Map<String, Long> executed, AtomicBoolean armed) implements Actuator {
        Counter(PluginContext context, Map<String, Long> executed) {
            this(context, executed, new AtomicBoolean());
        }

        @Override
        public Acknowledgement execute(Command command) {
            executed.put(command.id(), System.nanoTime());
            return new Acknowledgement(
                    command.id(),
                    Acknowledgement.Outcome.EXECUTED,
                    "",
                    context.clock().nowNanos(),
                    Map.of());
        }

        @Override
        public void arm() {
            armed.set(true);
        }

        @Override
        public void safeState() {
            armed.set(false);
        }

        @Override
        public void close() {}
    }
}
