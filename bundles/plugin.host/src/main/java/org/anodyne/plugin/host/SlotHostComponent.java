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
                name -> groups.computeIfAbsent(name, SlotHostComponent::group),
                open::remove);
        open.add(slots);
        return new RoutedSlots(bus, info, time.virtual(), slots);
    }

    /**
     * A group that lasts whoever asks for it: below one that ends with its last thread, as those of Configuration Admin do, it
     * would end so as well before Java 19, and a second session with this slot could start no thread.
     */
    static ThreadGroup group(String slot) {
        ThreadGroup top = Thread.currentThread().getThreadGroup();
        while (top.getParent() != null) {
            top = top.getParent();
        }
        return new ThreadGroup(top, "slot-" + slot);
    }

    @Deactivate
    void deactivate() {
        open.forEach(OpenSlots::close);
    }
}
