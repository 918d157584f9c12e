package org.anodyne.plugin.host.slot;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.anodyne.host.SessionTime;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.SessionClock;

/** What the host gives one instance. */
record SlotContext(
        String slot,
        String session,
        Parameters parameters,
        Optional<String> input,
        SessionTime time,
        LaneExecutor lane,
        RandomGenerator random,
        SlotOutlet out)
        implements PluginContext {
    @Override
    public SessionClock clock() {
        // Not the session's time itself: its timers would let a plug-in run code off its lane.
        return time::nowNanos;
    }

    @Override
    public ScheduledExecutorService executor() {
        return lane;
    }

    @Override
    public Outlet outlet() {
        return out;
    }
}
