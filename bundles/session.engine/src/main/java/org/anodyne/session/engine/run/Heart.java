package org.anodyne.session.engine.run;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.engine.protocol.Protocol;

/**
 * Tells the host that the session is at work, by way of the session's lane: a lane that hangs is silent, and what it has
 * armed is made safe.
 */
final class Heart implements AutoCloseable {
    private static final long BEAT_MILLIS = 100;

    private final Stage stage;
    private final ScheduledExecutorService timer;
    private final boolean needed;

    Heart(Stage stage, Protocol protocol) {
        this.stage = stage;
        this.needed = protocol.slots().values().stream().anyMatch(s -> s.kind() == PluginKind.ACTUATOR);
        this.timer = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread t = new Thread(r, "session-heart-" + stage.id());
            t.setDaemon(true);
            return t;
        });
    }

    /** Begins; a session without actuators needs none. */
    void begin() {
        if (needed) {
            timer.scheduleAtFixedRate(
                    () -> stage.lane().execute(() -> stage.host().heartbeat("")),
                    0,
                    BEAT_MILLIS,
                    TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
