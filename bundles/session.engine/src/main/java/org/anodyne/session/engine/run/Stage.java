package org.anodyne.session.engine.run;

import java.util.Map;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.SessionSlots;
import org.anodyne.host.SessionTime;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/**
 * What the parts of one session share.
 *
 * @param slots the protocol's slots, each after those it takes from
 * @param problems takes what went wrong without ending the session
 */
record Stage(
        String id,
        MessageBus bus,
        SessionTime time,
        SessionSlots host,
        Lane lane,
        Voice voice,
        Map<String, Slot> slots,
        Consumer<String> problems) {

    /** Filter of all topics of one kind in this session, e.g. {@code event/+/decision}. */
    String filter(String rest) {
        return "anodyne/1/" + bus.site() + "/" + id + "/" + rest;
    }

    /** Calls a task on the lane at a session time. */
    SessionTime.Timer at(long nanos, Runnable task) {
        return time.at(nanos, () -> lane.execute(task));
    }
}
