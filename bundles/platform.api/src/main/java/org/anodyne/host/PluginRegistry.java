package org.anodyne.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.Subscription;
import org.osgi.annotation.versioning.ProviderType;

/** What is installed, in which state, and why something is not available. Thread: any. */
@ProviderType
public interface PluginRegistry {
    /** All that is known, refused jars included, by id. */
    List<InstalledPlugin> plugins();

    /** The available provider of an id. */
    Optional<InstalledPlugin> find(String id);

    /** Calls back at each change. */
    Subscription onChange(Consumer<InstalledPlugin> listener);

    /**
     * Installs a jar beside what is there, without touching anything that is in use.
     *
     * @return the plug-ins that the jar provides, available
     * @throws HostException with the reason when the jar is refused; nothing has changed then
     */
    List<InstalledPlugin> install(Path jar);

    /** Waits until nothing that was found in the watched folder is still being installed. */
    void awaitSettled(java.time.Duration timeout) throws InterruptedException;
}
