package org.anodyne.session.engine.replay;

import java.nio.file.Path;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SlotHost;
import org.anodyne.record.RecordReader;
import org.anodyne.session.SessionEngine.ReplayReport;

/** Replays records through the installed plug-ins. Thread: any. */
public final class Replayer {
    private final MessageBus bus;
    private final SlotHost host;
    private final PluginRegistry registry;

    public Replayer(MessageBus bus, SlotHost host, PluginRegistry registry) {
        this.bus = bus;
        this.host = host;
        this.registry = registry;
    }

    /** See {@link org.anodyne.session.SessionEngine#replay}. */
    public ReplayReport replay(RecordReader reader, Path path, boolean verify) {
        Recorded recorded = Recorded.read(reader.open(path));
        String id = "replay-" + Long.toHexString(System.nanoTime());
        var now = new Replay(bus, host, registry, recorded, id).play();
        Comparison comparison = new Comparison(recorded, registry);
        return verify ? comparison.of(now) : comparison.count();
    }
}
