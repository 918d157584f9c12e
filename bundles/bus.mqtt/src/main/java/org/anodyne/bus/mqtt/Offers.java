package org.anodyne.bus.mqtt;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is of use only now and sent at QoS 0: of each topic the newest waits, one is leaving. Thread: any, but {@link #send}
 * and {@link #clear}, which are the link's.
 */
final class Offers {
    private static final Logger LOG = LoggerFactory.getLogger(Offers.class);

    private final Runnable wake;
    private final Map<String, Outgoing> newest = new ConcurrentHashMap<>();
    /** Topics of those that are leaving over the present connection. */
    private final Set<String> leaving = ConcurrentHashMap.newKeySet();

    /** @param wake makes the link call {@link #send} */
    Offers(Runnable wake) {
        this.wake = wake;
    }

    /** In place of one on the same topic that has not been sent yet. */
    void put(Outgoing message) {
        newest.put(message.topic(), message);
        wake.run();
    }

    /** A new connection: what came while there was none is old. */
    void clear() {
        newest.clear();
        leaving.clear();
    }

    /** Sends what waits, but for topics of which one is still leaving: that wakes the link when it has left. */
    void send(Connection c) throws MqttException {
        for (String topic : newest.keySet()) {
            if (leaving.add(topic)) {
                boolean sent = false;
                try {
                    sent = send(c, newest.remove(topic));
                } finally {
                    if (!sent) {
                        leaving.remove(topic);
                    }
                }
            }
        }
    }

    private boolean send(Connection c, Outgoing m) throws MqttException {
        if (m.packetBytes() > c.maximumPacket()) {
            LOG.debug("{} bytes on {} are more than the broker takes", m.payload().length, m.topic());
            return false;
        }
        try {
            c.offer(m, () -> {
                leaving.remove(m.topic());
                wake.run();
            });
            return true;
        } catch (IllegalArgumentException e) {
            LOG.debug("a message on {} cannot be sent", m.topic(), e);
        } catch (MqttException e) {
            if (e.getReasonCode() != MqttClientException.REASON_CODE_MAX_INFLIGHT) {
                throw e;
            }
        }
        return false;
    }
}
