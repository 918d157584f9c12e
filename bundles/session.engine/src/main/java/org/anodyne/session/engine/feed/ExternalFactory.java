package org.anodyne.session.engine.feed;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.PluginPorts.FeatureInfo;
import org.anodyne.plugin.ProvidesPlugin;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.signal.StreamInfo.Channel;
import org.osgi.service.component.annotations.Component;

/**
 * Stands in a slot whose data comes from elsewhere over the bus: from another process, or from a record that is played.
 * It declares what is published there and publishes nothing itself.
 */
@Component(service = PluginFactory.class)
@ProvidesPlugin(
        kind = PluginKind.SOURCE,
        id = ExternalFactory.ID,
        title = "Joins over the bus from another process",
        schema = "external.schema.json")
public final class ExternalFactory implements PluginFactory {
    /** The plug-in's id. */
    public static final String ID = "external";

    @Override
    public PluginPorts ports(Parameters parameters) {
        List<FeatureInfo> features = new ArrayList<>();
        for (Object item : parameters.list("features")) {
            Map<?, ?> f = (Map<?, ?>) item;
            List<String> components = f.get("components") instanceof List<?> l
                    ? l.stream().map(Object::toString).toList()
                    : List.of("value");
            features.add(new FeatureInfo(text(f, "name", ""), text(f, "unit", "1"), components, false));
        }
        List<String> streams = new ArrayList<>();
        streams(parameters, "").forEach(s -> streams.add(s.name()));
        return new PluginPorts(List.of(), features, streams, List.of());
    }

    @Override
    public PluginInstance create(PluginContext context) {
        List<StreamInfo> streams = List.copyOf(streams(context.parameters(), context.slot()));
        return new External(streams);
    }

    private static List<StreamInfo> streams(Parameters parameters, String slot) {
        List<StreamInfo> streams = new ArrayList<>();
        for (Object item : parameters.list("streams")) {
            Map<?, ?> s = (Map<?, ?>) item;
            List<Channel> channels = new ArrayList<>();
            if (s.get("channels") instanceof List<?> list) {
                for (Object c : list) {
                    channels.add(new Channel(text((Map<?, ?>) c, "label", ""), text((Map<?, ?>) c, "unit", "a.u.")));
                }
            }
            double rate = s.get("rate") instanceof Number n ? n.doubleValue() : Double.NaN;
            boolean synthetic = Boolean.TRUE.equals(s.get("synthetic"));
            streams.add(new StreamInfo(slot, text(s, "name", ""), text(s, "type", ""), rate, channels, synthetic));
        }
        return streams;
    }

    private static String text(Map<?, ?> map, String name, String otherwise) {
        return map.get(name) == null ? otherwise : map.get(name).toString();
    }

    private record External(List<StreamInfo> streams) implements SignalSource {
        @Override
        public void close() {
            // Holds nothing.
        }
    }
}
