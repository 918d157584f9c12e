package org.anodyne.record;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.annotation.versioning.ProviderType;

/** Opens records. A service. */
@ProviderType
public interface RecordReader {
    /**
     * Opens a record: a segment file or a folder of segments, whole or broken.
     *
     * @throws RecordException when there is none, or it is no record of ours
     */
    Record open(Path record);

    /** An opened record. Thread: one at a time. */
    @ProviderType
    interface Record {
        /** Who, what and when. */
        SessionMeta meta();

        /** Streams in it, with the slot that published them. */
        List<StreamInfo> streams();

        /**
         * All messages of the session's topics in the order in which they were recorded, each once, exactly as received:
         * blocks, doubles and attributes bit for bit. Segments are joined and messages that stand in two of them are given
         * once.
         */
        void messages(Consumer<Message> consumer);

        /**
         * In the same way what passed meanwhile on topics of the site: clocks and plug-ins, first as they were when the
         * record began, requests and replies, stops. A record that holds none of it gives none.
         */
        default void siteMessages(Consumer<Message> consumer) {
            // Nothing: records made before there was such a stream.
        }

        /** What was cut off or missing at the end of a broken record; empty when it was sealed. */
        List<String> damage();
    }
}
