package org.anodyne.plugin.tck.kit;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.device.Actuator;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.tck.LiveContext;

/** Everything that is asked of an adapter, in order. */
public final class Kit {
    private Kit() {}

    /**
     * The checks for this adapter: those of every adapter, those of its role, and one for each fault that its simulator has.
     *
     * @throws IOException when a control port was named and nothing answers there
     */
    public static List<Check> checks(Adapter adapter) throws IOException {
        List<Check> checks = new ArrayList<>(new CommonChecks(adapter).all());
        List<String> faults = List.of();
        if (adapter.control().isPresent()) {
            try (Control control = new Control(adapter.control().get())) {
                faults = control.faults();
            }
        }
        Class<?> role = role(adapter);
        if (SignalSource.class.isAssignableFrom(role)) {
            SourceChecks source = new SourceChecks(adapter);
            checks.addAll(source.all());
            faults.forEach(fault -> checks.add(source.fault(fault)));
        }
        if (Actuator.class.isAssignableFrom(role)) {
            ActuatorChecks actuator = new ActuatorChecks(adapter);
            checks.addAll(actuator.all());
            faults.forEach(fault -> checks.add(actuator.fault(fault)));
        }
        if (faults.isEmpty()) {
            checks.add(new Check("faults", "Every fault of the device is told and survived.", () -> {
                throw new Check.NotAsked("no simulator with a control port was named");
            }));
        }
        return List.copyOf(checks);
    }

    /** Whether the classes of the adapter can be unloaded; of a built jar {@link JarAdapter#unload} asks it. */
    public static Check unload(Adapter adapter) {
        return Unloading.check(adapter);
    }

    private static Class<?> role(Adapter adapter) {
        try (LiveContext context = new LiveContext(adapter.parameters(), java.util.Optional.of(adapter.address()));
                PluginInstance instance = adapter.factory().create(context)) {
            return instance.getClass();
        }
    }
}
