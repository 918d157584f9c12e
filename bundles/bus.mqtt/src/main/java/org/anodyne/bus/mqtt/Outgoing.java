package org.anodyne.bus.mqtt;

import java.util.concurrent.CompletableFuture;

/**
 * A message on its way to the broker.
 *
 * @param topic where it goes
 * @param sequence its number on the topic
 * @param payload encoded, envelope included
 * @param retained whether the broker keeps it for those who subscribe later
 * @param responseTopic MQTT 5 response topic; null for none
 * @param correlation MQTT 5 correlation data; null for none
 * @param again whether the broker has acknowledged it before and is sent it once more, because it may have died since
 * @param done completes with the broker's acknowledgement
 */
record Outgoing(
        String topic,
        long sequence,
        byte[] payload,
        boolean retained,
        String responseTopic,
        byte[] correlation,
        boolean again,
        CompletableFuture<Void> done) {

    /** Largest size of its packet, bytes. */
    long packetBytes() {
        return payload.length + 3L * topic.length() + 64;
    }

    /** The same message, to be sent once more; nobody waits for it. */
    Outgoing onceMore() {
        return new Outgoing(topic, sequence, payload, retained, responseTopic, correlation, true, done);
    }

    /** Every message is itself: two that look the same are still two. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
