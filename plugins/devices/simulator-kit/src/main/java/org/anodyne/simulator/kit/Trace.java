package org.anodyne.simulator.kit;

import java.util.function.Consumer;

/**
 * Takes what happened on the wire and in the body, one line of JSON each: {@code t} in nanoseconds of a monotonic
 * clock, {@code event}, and what belongs to the event. Called by the thread that drives the device.
 */
@FunctionalInterface
public interface Trace {

    /** Takes one line, without its end. */
    void line(String json);

    /** Writes one event; {@code fill} adds its fields. */
    default void event(long nanos, String name, Consumer<Json> fill) {
        Json json = new Json().put("t", nanos).put("event", name);
        fill.accept(json);
        line(json.toString());
    }
}
