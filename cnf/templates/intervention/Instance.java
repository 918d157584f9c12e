package org.anodyne.plugins.__package__;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;

/** Acts once each time a feature rises above the limit, at most once per refractory time. */
final class __Class__ implements Intervention {
    private static final String FORMAT = "__name__";
    private static final int VERSION = 1;
    private static final String RULE = "above-limit";

    private final PluginContext context;
    private final double limit;
    private final long refractoryNanos;
    private final String actuator;
    private final String action;
    private final Map<String, Double> arguments = new HashMap<>();
    private String phase = "";
    private boolean above;
    private long fired;
    private long lastNanos;

    __Class__(PluginContext context) {
        this.context = context;
        Parameters p = context.parameters();
        this.limit = p.number("limit");
        this.refractoryNanos = Math.round(p.number("refractory") * 1e9);
        this.actuator = p.text("actuator");
        this.action = p.text("action");
        p.object("arguments").forEach((name, value) -> arguments.put(name, ((Number) value).doubleValue()));
    }

    @Override
    public void enterPhase(Phase entered) {
        phase = entered.id();
    }

    @Override
    public void feature(String port, FeatureInput input) {
        Feature feature = input.feature();
        boolean now = feature.value() > limit;
        boolean crossed = now && !above;
        above = now;
        if (!crossed) {
            return;
        }
        long time = feature.timeNanos();
        boolean early = fired > 0 && time - lastNanos < refractoryNanos;
        String id = early ? "" : RULE + "-" + ++fired;
        Decision.Verdict verdict = early ? Decision.Verdict.HELD_BY_REFRACTORY_TIME : Decision.Verdict.FIRED;
        context.outlet().decision(new Decision(RULE, time, feature.value(), limit, verdict, phase, id));
        if (!early) {
            lastNanos = time;
            context.outlet().command(new Command(id, actuator, action, arguments, time, RULE));
        }
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, out -> {
            out.writeUTF(phase);
            out.writeBoolean(above);
            out.writeLong(fired);
            out.writeLong(lastNanos);
        }));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, in -> {
            String p = in.readUTF();
            boolean a = in.readBoolean();
            long f = in.readLong();
            long l = in.readLong();
            return () -> {
                phase = p;
                above = a;
                fired = f;
                lastNanos = l;
            };
        });
    }

    @Override
    public void close() {}
}
