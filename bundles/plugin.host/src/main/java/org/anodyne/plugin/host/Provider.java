package org.anodyne.plugin.host;

import org.anodyne.host.InstalledPlugin;
import org.anodyne.plugin.PluginFactory;

/** One installed provider of a plug-in id, as slots use it. Thread: any. */
public interface Provider {
    /** What people are told about it. */
    InstalledPlugin info();

    /**
     * Its factory.
     *
     * @throws org.anodyne.host.HostException when the plug-in is gone
     */
    PluginFactory factory();

    /** Whether two instances cannot be open at once, because they own one device. */
    boolean exclusive();
}
