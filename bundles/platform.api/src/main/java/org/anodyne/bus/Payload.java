package org.anodyne.bus;

import java.util.Map;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;

/** What a message carries; one type per schema of the bus contract in {@code docs/asyncapi.yaml}. */
public sealed interface Payload {
    /** A block of samples; on {@code sample} topics. */
    record Samples(SampleBlock block) implements Payload {}

    /**
     * A feature; on {@code feature} topics.
     *
     * @param version version and hash of the plug-in that published it; empty where they are not known
     */
    record FeatureValue(Feature feature, String version) implements Payload {
        /** From somebody whose version is not known. */
        public FeatureValue(Feature feature) {
            this(feature, "");
        }
    }

    /** A command; on {@code command} topics. */
    record Request(Command command) implements Payload {}

    /** What became of a command; on {@code ack} topics. */
    record Reply(Acknowledgement acknowledgement) implements Payload {}

    /** What the participant sees; on {@code mirror} topics. */
    record Picture(MirrorPicture picture) implements Payload {}

    /**
     * Anything else, as JSON values: events, decisions, states, plug-in states, control requests and answers.
     *
     * @param type what it is: the event's type, {@code decision}, {@code state} …
     * @param timeNanos session time, or −1 where there is none
     * @param attributes {@code String}, {@code Boolean}, {@code Long}, {@code Double}, {@code List}, {@code Map}
     */
    record Document(String type, long timeNanos, Map<String, Object> attributes) implements Payload {
        public Document {
            attributes = Map.copyOf(attributes);
        }
    }
}
