package org.anodyne.plugin;

import org.osgi.annotation.versioning.ProviderType;

/** Session time: nanoseconds since the session began to run; it may go slower or faster than the wall clock. */
@FunctionalInterface
@ProviderType
public interface SessionClock {
    /** Now, in nanoseconds of session time; never goes back. Negative before the session runs. Thread: any. */
    long nowNanos();
}
