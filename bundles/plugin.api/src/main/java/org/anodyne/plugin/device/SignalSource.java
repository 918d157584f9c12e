package org.anodyne.plugin.device;

import java.util.List;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Delivers time-stamped blocks by {@code context.outlet().samples(…)}, from {@code start} until {@code pause} or
 * {@code close}. A gap is an event {@code gap} with {@code stream}, {@code fromNanos}, {@code toNanos} and
 * {@code reason}; the end of a recording is an event {@code end-of-input}.
 */
@ConsumerType
public interface SignalSource extends PluginInstance {
    /** The streams it will deliver; known and constant from the end of {@code prepare} on. Thread: any. */
    List<StreamInfo> streams();
}
