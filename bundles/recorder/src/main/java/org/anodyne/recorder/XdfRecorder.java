package org.anodyne.recorder;

import java.nio.file.Path;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.anodyne.bus.MessageBus;
import org.anodyne.record.RecordException;
import org.anodyne.record.Recorder;
import org.anodyne.record.SessionMeta;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Records sessions as XDF. */
@Component
public final class XdfRecorder implements Recorder {
    private static final long SUBSCRIBE_SECONDS = 10;

    private final MessageBus bus;

    @Activate
    public XdfRecorder(@Reference MessageBus bus) {
        this.bus = bus;
    }

    @Override
    public Recording open(Path segment, SessionMeta meta) {
        Segment opened = Segment.create(segment, meta, bus);
        try {
            // Nothing may be published before the subscriptions stand, or it would be missing from the record.
            opened.subscribed().get(SUBSCRIBE_SECONDS, TimeUnit.SECONDS);
            return opened;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            opened.close();
            throw new RecordException("interrupted while the record " + segment + " was opened", e);
        } catch (ExecutionException | TimeoutException e) {
            opened.close();
            throw new RecordException(
                    "the record " + segment + " cannot subscribe to the bus within " + SUBSCRIBE_SECONDS
                            + " s: is the broker running?",
                    e);
        }
    }
}
