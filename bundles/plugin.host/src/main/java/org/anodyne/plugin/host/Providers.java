package org.anodyne.plugin.host;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus.Subscription;

/** What the slots need of the registry. Thread: any. */
public interface Providers {
    /** The provider that new instances of a plug-in are made by. */
    Optional<Provider> provider(String id);

    /**
     * Installs a jar beside what is there; a jar that is installed already is found again.
     *
     * @throws org.anodyne.host.HostException with the reason when the jar is refused; nothing has changed then
     */
    List<Provider> installBeside(Path jar);

    /** A swap to these failed: uninstalls what only {@link #installBeside} brought and nobody uses. */
    void discard(List<Provider> installed);

    /** A slot uses the provider: its bundle stays until {@link #release}. */
    void use(Provider provider);

    /** A slot no longer uses the provider; a replaced one that nobody uses is removed. */
    void release(Provider provider);

    /** The provider was replaced by another: it is removed when nobody uses it. */
    void retire(Provider replaced, Provider successor);

    /** Calls back, before it is gone, on the thread that takes a provider away. */
    Subscription onLost(Consumer<Provider> listener);

    /** Class loaders and services of removed bundles that are still held; may take up to a second. */
    List<String> leaks();
}
