package org.anodyne.plugin.host.slot;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.host.CommandGate;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.host.Providers;
import org.anodyne.plugin.signal.StreamInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all slots of a session share.
 *
 * @param gate gives null while there is none
 * @param lease the controller's on what is armed
 */
record Env(
        SessionInfo info,
        MessageBus bus,
        SessionTime time,
        Providers providers,
        Supplier<CommandGate> gate,
        Watchdog watchdog,
        Notices notices,
        Neighbours neighbours,
        Lease lease,
        Theatre theatre) {
    private static final Logger LOG = LoggerFactory.getLogger(Env.class);

    /** What a slot may know of the others. */
    interface Neighbours {
        /** Streams of a source slot; empty when the slot is not of this process or not prepared. */
        List<StreamInfo> streams(String slot);

        /** Names of a feature's components; empty when the slot is not of this process. */
        Optional<List<String>> components(String slot, String feature);

        /** A slot's instance failed at work: what rests on it is not to go on. Thread: any. */
        void failed(String slot, String why);

        /** The participant wants or needs an end, by the display of a slot: all actuators safe at once. Thread: any. */
        void endedBy(String slot, String why);
    }

    String session() {
        return info.session();
    }

    Topic topic(Topic.Kind kind, String slot, String name) {
        return Topic.of(bus.site(), session(), kind, slot, name);
    }

    void publish(Topic topic, Payload payload, long acquiredNanos) {
        bus.publish(topic, payload, acquiredNanos).whenComplete((v, e) -> complain(topic, e));
    }

    void retain(Topic topic, Payload payload) {
        bus.publishRetained(topic, payload).whenComplete((v, e) -> complain(topic, e));
    }

    private static void complain(Topic topic, Throwable e) {
        if (e != null) {
            LOG.error("a message on {} was not sent: {}", topic.path(), e.toString());
        }
    }
}
