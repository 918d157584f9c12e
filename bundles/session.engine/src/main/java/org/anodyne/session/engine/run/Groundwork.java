package org.anodyne.session.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.SessionInfo;
import org.anodyne.host.SlotHost;
import org.anodyne.session.engine.plan.Timeline;
import org.anodyne.session.engine.protocol.Protocol;
import org.anodyne.session.engine.time.DrivenTime;

/**
 * What a session is made of.
 *
 * @param hosts slot to the device host that it is in
 * @param facts more for the plan in the record: participant, speed …
 * @param record folder of the record
 * @param time not yet begun
 * @param keeper with its first segment open
 * @param problems what went wrong so far without ending the session; synchronized
 * @param held whether it waits, once it is ready, for {@link LiveSession#begin}
 * @param headset how long the participant may be in a headset, if there is one
 * @param recollections what the participant answered at earlier visits; absent where nobody is asked
 * @param discard removes the record again when a recording given for a slot cannot be used
 */
public record Groundwork(
        SessionInfo info,
        Map<String, String> hosts,
        Protocol protocol,
        Timeline timeline,
        Map<String, Object> facts,
        Path record,
        MessageBus bus,
        SlotHost host,
        DrivenTime time,
        RecordKeeper keeper,
        List<String> problems,
        boolean held,
        Optional<HeadsetLimit> headset,
        Optional<RecollectionShelf> recollections,
        Runnable discard) {}
