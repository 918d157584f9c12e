package org.anodyne.session.engine.run;

import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/** Publishes what a session has to say. Thread: any. */
public final class Voice {
    /** The slot level of topics that are about the session as a whole. */
    public static final String SESSION = "session";

    private final MessageBus bus;
    private final String session;
    private final Consumer<String> problems;

    public Voice(MessageBus bus, String session, Consumer<String> problems) {
        this.bus = bus;
        this.session = session;
        this.problems = problems;
    }

    /** Something that happened to a slot, or to the session. */
    public void event(String slot, String type, long timeNanos, Map<String, Object> attributes) {
        Topic topic = Topic.of(bus.site(), session, Topic.Kind.EVENT, slot, type);
        publish(topic, new Payload.Document(type, timeNanos, attributes), false);
    }

    /** A slot has lost its plug-in. */
    void lost(Slot slot, long timeNanos, String reason, boolean pauses) {
        event(slot.name(), "slot-lost", timeNanos, Map.of("plugin", slot.plugin(), "reason", reason, "pauses", pauses));
    }

    /** Where the session stands now. */
    CompletionStage<Void> state(long timeNanos, Map<String, Object> attributes) {
        Topic topic = Topic.of(bus.site(), session, Topic.Kind.STATE, SESSION, "");
        return publish(topic, new Payload.Document("state", timeNanos, attributes), true);
    }

    /** Any other message. */
    public CompletionStage<Void> say(Topic.Kind kind, String slot, String name, Payload payload) {
        return publish(Topic.of(bus.site(), session, kind, slot, name), payload, false);
    }

    private CompletionStage<Void> publish(Topic topic, Payload payload, boolean retained) {
        CompletionStage<Void> stage = retained ? bus.publishRetained(topic, payload) : bus.publish(topic, payload, 0);
        return stage.whenComplete((v, e) -> {
            if (e != null) {
                problems.accept("a message on " + topic.path() + " was not sent: " + e.getMessage());
            }
        });
    }
}
