package org.anodyne.plugin.host.registry;

import java.util.HashMap;
import java.util.Map;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.InstalledPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says on the bus, retained, what is installed; as soon as there is a bus. Thread: any. */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final Registry registry;
    private MessageBus bus;

    Announcer(Registry registry) {
        this.registry = registry;
        registry.onChange(this::changed);
    }

    synchronized void bus(MessageBus now) {
        bus = now;
        registry.plugins().forEach(this::changed);
    }

    synchronized void gone(MessageBus then) {
        if (bus == then) {
            bus = null;
        }
    }

    private synchronized void changed(InstalledPlugin p) {
        if (bus == null) {
            return;
        }
        InstalledPlugin told = p;
        String name = p.id();
        if (p.state() == InstalledPlugin.State.REJECTED) {
            // A refused jar that claims an id must not hide who the id belongs to.
            name = p.id().equals(p.bundle()) ? p.id() : "refused-" + p.bundle();
        } else {
            told = registry.find(p.id()).map(Entry::info).orElse(p);
        }
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("id", told.id());
        attributes.put("kind", told.kind() == null ? "" : told.kind().name());
        attributes.put("title", told.title());
        attributes.put("version", told.version());
        attributes.put("bundle", told.bundle());
        attributes.put("sha256", told.sha256());
        attributes.put("signedBy", told.signedBy());
        attributes.put("state", told.state().name());
        attributes.put("reason", told.reason());
        attributes.put("inUse", registry.inUse(told.id()));
        Topic topic = Topic.ofSite(bus.site(), Topic.Kind.PLUGIN, name.replaceAll("[/+#\\u0000]", "_"));
        bus.publishRetained(topic, new Payload.Document("plugin", -1, attributes))
                .whenComplete((v, e) -> {
                    if (e != null) {
                        LOG.info("the state of plug-in {} was not published: {}", p.id(), e.toString());
                    }
                });
    }
}
