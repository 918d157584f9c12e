package org.anodyne.safety.rule;

import java.util.HashMap;
import java.util.Map;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Refuses a command that comes too soon after the last one executed; the floors are set per installation. */
@Component(configurationPid = "org.anodyne.safety.refractory")
@Designate(ocd = RefractoryConfiguration.class)
public final class RefractoryFloor implements SafetyRule {
    private final Map<String, Long> floorsMillis = new HashMap<>();

    @Activate
    public RefractoryFloor(RefractoryConfiguration configuration) {
        for (String floor : configuration.floors()) {
            if (!floor.matches("[a-z0-9-]+=[0-9]{1,9}")) {
                throw new IllegalArgumentException("org.anodyne.safety.refractory: '" + floor
                        + "' is no floor; write plug-in id, =, milliseconds, e.g. tens-rehastim=500");
            }
            String[] parts = floor.split("=");
            floorsMillis.put(parts[0], Long.parseLong(parts[1]));
        }
    }

    @Override
    public String name() {
        return "refractory-floor";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return floorsMillis.containsKey(pluginId);
    }

    @Override
    public Verdict judge(Command command, State state) {
        String plugin = state.background().plugin();
        long strictest =
                floorsMillis.values().stream().mapToLong(Long::longValue).max().orElse(0);
        long floor = floorsMillis.getOrDefault(plugin, strictest);
        if (state.lastFiredNanos() == Long.MIN_VALUE) {
            return new Verdict.Allowed();
        }
        long since = (state.nowNanos() - state.lastFiredNanos()) / 1_000_000;
        return since >= floor
                ? new Verdict.Allowed()
                : new Verdict.Refused(
                        "the last command was " + since + " ms ago; the floor is " + floor + " ms",
                        "set for this installation");
    }
}
