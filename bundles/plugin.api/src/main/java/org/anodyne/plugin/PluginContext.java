package org.anodyne.plugin;

import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.osgi.annotation.versioning.ProviderType;

/** What the host gives an instance. Thread: any, for all methods. */
@ProviderType
public interface PluginContext {
    /** The slot's name in the protocol. */
    String slot();

    /** The session's id. */
    String session();

    /** Parameters as the session starts with them. */
    Parameters parameters();

    /** The recording or device address given for this slot on the command line or by the site, if any. */
    Optional<String> input();

    /** The session's time; the only clock a plug-in may decide by. */
    SessionClock clock();

    /**
     * Runs tasks on the instance's own lane, delays counted in session time. {@code shutdown} and {@code shutdownNow}
     * throw {@link UnsupportedOperationException}: the executor ends with the instance.
     */
    ScheduledExecutorService executor();

    /** Random numbers, seeded per slot from the session's seed, so that a replay draws the same. */
    RandomGenerator random();

    /** Where the instance publishes. */
    Outlet outlet();
}
