package org.anodyne.bus.mqtt.codec;

/** Names of the fields on the wire. */
final class Field {
    static final String SCHEMA = "schema";
    static final String SOURCE = "source";
    static final String SEQUENCE = "sequence";
    static final String MADE = "madeNanos";
    static final String ACQUIRED = "acquiredNanos";
    static final String PAYLOAD = "payload";

    static final String STREAM = "stream";
    static final String INDEX = "index";
    static final String START = "startNanos";
    static final String RATE = "rateHz";
    static final String CHANNELS = "channels";
    static final String SAMPLES = "samples";

    static final String NAME = "name";
    static final String TIME = "timeNanos";
    static final String VALUES = "values";
    static final String VERSION = "version";

    static final String ID = "id";
    static final String TARGET = "target";
    static final String ACTION = "action";
    static final String ARGUMENTS = "arguments";
    static final String DECIDED = "decidedNanos";
    static final String CAUSE = "cause";

    static final String COMMAND_ID = "commandId";
    static final String OUTCOME = "outcome";
    static final String REASON = "reason";
    static final String DELIVERED = "delivered";

    static final String FRAME = "frame";
    static final String WIDTH = "width";
    static final String HEIGHT = "height";
    static final String JPEG = "jpeg";

    static final String TYPE = "type";
    static final String ATTRIBUTES = "attributes";

    private Field() {}
}
