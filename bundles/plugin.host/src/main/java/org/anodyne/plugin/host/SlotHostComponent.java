package org.anodyne.plugin.host;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.CommandGate;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SessionSlots;
import org.anodyne.host.SessionTime;
import org.anodyne.host.SlotHost;
import org.anodyne.plugin.host.remote.RoutedSlots;
import org.anodyne.plugin.host.slot.OpenSlots;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Opens sessions' slots as a component; without a gate service slots work but no command is executed. */
@Component(service = SlotHost.class)
public final class SlotHostComponent implements SlotHost {
    private final MessageBus bus;
    private final Providers providers;

    /** One group per slot name, kept: what a plug-in starts in a slot is found there after it is closed. */
    private final Map<String, ThreadGroup> groups = new ConcurrentHashMap<>();

    private final Set<OpenSlots> open = ConcurrentHashMap.newKeySet();

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    private volatile CommandGate gate;

    @Activate
    public SlotHostComponent(@Reference MessageBus bus, @Reference Providers providers) {
        this.bus = bus;
        this.providers = providers;
    }

    @Override
    public SessionSlots open(SessionInfo info, SessionTime time) {
        OpenSlots slots = new OpenSlots(
                info,
                bus,
                time,
                providers,
                () -> gate,
                name -> groups.computeIfAbsent(name, n -> new ThreadGroup("slot-" + n)),
                open::remove);
        open.add(slots);
        return new RoutedSlots(bus, info, time.virtual(), slots);
    }

    @Deactivate
    void deactivate() {
        open.forEach(OpenSlots::close);
    }
}
