package org.anodyne.bus.mqtt.codec;

import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;

/** Which payload belongs on which topics. */
enum PayloadKind {
    SAMPLES("a block of samples", Payload.Samples.class),
    FEATURE("a feature", Payload.FeatureValue.class),
    REQUEST("a command", Payload.Request.class),
    REPLY("an acknowledgement", Payload.Reply.class),
    PICTURE("a picture", Payload.Picture.class),
    DOCUMENT("a document", Payload.Document.class);

    private final String title;
    private final Class<? extends Payload> type;

    PayloadKind(String title, Class<? extends Payload> type) {
        this.title = title;
        this.type = type;
    }

    static PayloadKind of(Topic.Kind kind) {
        return switch (kind) {
            case SAMPLE -> SAMPLES;
            case FEATURE -> FEATURE;
            case COMMAND -> REQUEST;
            case ACK -> REPLY;
            case MIRROR -> PICTURE;
            case EVENT, STATE, PLUGIN, CLOCK, CONTROL, LEASE, STOP -> DOCUMENT;
        };
    }

    boolean holds(Payload payload) {
        return type.isInstance(payload);
    }

    /** For people. */
    String title() {
        return title;
    }
}
