package org.anodyne.bus.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.anodyne.bus.mqtt.net.ClientLog;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttClientException;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the broker, from CONNECT to its loss: the only class that calls the client library. Each connection
 * has a client of its own, because a client that connects again resends by itself, with stale topic aliases; here only
 * the outbox resends. The MQTT session at the broker outlives the connection.
 *
 * <p>Thread: the link's for all methods, except {@link #acknowledge}, which is the dispatcher's. Events come from threads
 * of the library and must not call back into it.
 */
final class Connection {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final int CONNECT_TIMEOUT_SECONDS = 5;
    /**
     * Messages that the broker may have under way to us; what is under way is what waits in the inbox. Artemis, when it
     * was reached, sends again only to the subscription whose message is acknowledged, so it must hardly ever be reached.
     */
    private static final int RECEIVE_MAXIMUM = 20_000;

    private static final int SERVER_DISCONNECTED = MqttClientException.REASON_CODE_SERVER_DISCONNECTED;

    /** Marks a message that the broker had acknowledged before. */
    private static final UserProperty AGAIN = new UserProperty("again", "1");

    static {
        ClientLog.install();
    }

    /** What happens on a connection. */
    interface Events {
        /** {@link #state()} has changed. */
        void changed();

        /**
         * A message came; it must be acknowledged when it has been dealt with.
         *
         * @param again whether its publisher sent it once more although the broker had acknowledged it
         */
        void arrived(
                Connection connection, int id, int qos, String topic, byte[] payload, boolean retained, boolean again);
    }

    /** Where a connection stands. */
    enum State {
        CONNECTING,
        OPEN,
        LOST
    }

    /**
     * A filter to subscribe.
     *
     * @param sendRetained whether retained messages are wanted even if the broker has the subscription already
     */
    record Wanted(String filter, boolean sendRetained) {}

    private final MqttAsyncClient client;
    private final MqttConnectionOptions options;
    private volatile State state = State.CONNECTING;
    private volatile String lossReason = "";
    private volatile int lossCode;
    private boolean sessionPresent;
    private int receiveMaximum = 65_535;
    private long maximumPacket = Long.MAX_VALUE;

    Connection(BusSettings settings, String uri, Events events) throws MqttException {
        client = new MqttAsyncClient(uri, settings.source(), new MemoryPersistence());
        client.setManualAcks(true);
        options = new MqttConnectionOptions();
        options.setAutomaticReconnect(false);
        options.setUseSubscriptionIdentifiers(false);
        options.setCleanStart(false);
        options.setSessionExpiryInterval(settings.sessionExpiry().toSeconds());
        options.setReceiveMaximum(RECEIVE_MAXIMUM);
        options.setKeepAliveInterval((int) settings.keepAlive().toSeconds());
        options.setConnectionTimeout(CONNECT_TIMEOUT_SECONDS);
        if (!settings.username().isEmpty()) {
            options.setUserName(settings.username());
            options.setPassword(settings.password().getBytes(StandardCharsets.UTF_8));
        }
        client.setCallback(new Callback(events));
        client.connect(
                options,
                null,
                new Listener(
                        token -> {
                            sessionPresent = token.getSessionPresent();
                            MqttProperties p = token.getResponseProperties();
                            if (p != null && p.getReceiveMaximum() != null) {
                                receiveMaximum = p.getReceiveMaximum();
                            }
                            if (p != null && p.getMaximumPacketSize() != null) {
                                maximumPacket = p.getMaximumPacketSize();
                            }
                            state = State.OPEN;
                            events.changed();
                        },
                        e -> {
                            lose(e);
                            events.changed();
                        }));
    }

    State state() {
        return state;
    }

    /** Why it was lost, for people. */
    String lossReason() {
        return lossReason;
    }

    /** Reason code of the broker's DISCONNECT, or 0 when the connection was lost otherwise. */
    int lossCode() {
        return lossCode;
    }

    /** Whether the broker still knew us. */
    boolean sessionPresent() {
        return sessionPresent;
    }

    /** How many messages may be on their way to the broker. */
    int receiveMaximum() {
        return receiveMaximum;
    }

    /** The largest packet that the broker takes, bytes. */
    long maximumPacket() {
        return maximumPacket;
    }

    /**
     * Sends a message.
     *
     * @param acknowledged is told the reason code; not called when the connection is lost before
     */
    void publish(Outgoing m, IntConsumer acknowledged) throws MqttException {
        MqttMessage message = new MqttMessage(m.payload(), 1, m.retained(), properties(m));
        client.publish(m.topic(), message, null, new Listener(token -> acknowledged.accept(reason(token, 0)), e -> {}));
    }

    /**
     * Sends a message at QoS 0.
     *
     * @param gone is called when it has left this process; not called when the connection is lost before
     */
    void offer(Outgoing m, Runnable gone) throws MqttException {
        MqttMessage message = new MqttMessage(m.payload(), 0, false, new MqttProperties());
        client.publish(m.topic(), message, null, new Listener(token -> gone.run(), e -> {}));
    }

    private static MqttProperties properties(Outgoing m) {
        MqttProperties p = new MqttProperties(); // never shared: the library writes into it
        if (m.responseTopic() != null) {
            p.setResponseTopic(m.responseTopic());
            p.setCorrelationData(m.correlation());
        }
        if (m.again()) {
            p.setUserProperties(List.of(AGAIN));
        }
        return p;
    }

    /**
     * Subscribes.
     *
     * @param done is told the reason code of each filter; not called when the connection is lost before
     */
    void subscribe(List<Wanted> wanted, Consumer<int[]> done) throws MqttException {
        MqttSubscription[] s = new MqttSubscription[wanted.size()];
        for (int i = 0; i < s.length; i++) {
            s[i] = new MqttSubscription(wanted.get(i).filter(), 1);
            s[i].setNoLocal(false);
            s[i].setRetainAsPublished(false); // so that "retained" says: sent because of a subscription
            s[i].setRetainHandling(wanted.get(i).sendRetained() ? 0 : 1);
        }
        client.subscribe(
                s,
                null,
                new Listener(
                        token -> {
                            int[] codes = new int[s.length];
                            for (int i = 0; i < s.length; i++) {
                                codes[i] = reason(token, i);
                            }
                            done.accept(codes);
                        },
                        e -> {}),
                new MqttProperties());
    }

    /** Unsubscribes; {@code done} is not called when the connection is lost before. */
    void unsubscribe(String filter, Runnable done) throws MqttException {
        client.unsubscribe(filter, null, new Listener(token -> done.run(), e -> {}));
    }

    /** Tells the broker that a message was dealt with; when the connection is lost it will send it again. */
    void acknowledge(int id, int qos) {
        if (state != State.OPEN) {
            return;
        }
        try {
            client.messageArrivedComplete(id, qos);
        } catch (MqttException | RuntimeException e) {
            LOG.debug("message {} could not be acknowledged", id, e); // a closed client has null inside
        }
    }

    /** Ends the connection and the session; waits until the broker has been told, or for two seconds. */
    void end() {
        try {
            MqttProperties p = new MqttProperties();
            p.setSessionExpiryInterval(0L);
            client.disconnect(0, null, null, 0, p).waitForCompletion(2000);
        } catch (MqttException e) {
            LOG.debug("the broker could not be told that we leave", e);
        }
        discard();
    }

    /** Lets go of a connection in whatever state; the session stays at the broker. */
    void discard() {
        state = State.LOST;
        try {
            client.disconnectForcibly(0, 0, false);
        } catch (MqttException | RuntimeException e) {
            LOG.debug("connection was not open any more", e);
        }
        try {
            client.close(true);
        } catch (MqttException | RuntimeException e) {
            LOG.debug("client could not be closed", e);
        }
    }

    private static int reason(IMqttToken token, int index) {
        int[] codes = token.getReasonCodes();
        return codes == null || index >= codes.length ? 0 : codes[index];
    }

    private void lose(Throwable e) {
        if (state == State.LOST) {
            return;
        }
        Throwable root = e;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        lossReason = root == null ? "connection lost" : text(root);
        state = State.LOST;
    }

    private static String text(Throwable root) {
        if (root instanceof MqttException m && m.getReasonCode() >= 0x80 && m.getReasonCode() < 0x100) {
            return Reasons.text(m.getReasonCode());
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private record Listener(Consumer<IMqttToken> success, Consumer<Throwable> failure) implements MqttActionListener {
        @Override
        public void onSuccess(IMqttToken token) {
            success.accept(token);
        }

        @Override
        public void onFailure(IMqttToken token, Throwable e) {
            failure.accept(e);
        }
    }

    private final class Callback implements MqttCallback {
        private final Events events;

        Callback(Events events) {
            this.events = events;
        }

        @Override
        public void disconnected(MqttDisconnectResponse response) {
            MqttException e = response.getException();
            if (e == null || e.getReasonCode() == SERVER_DISCONNECTED) {
                lossCode = response.getReturnCode();
            }
            if (e == null && state != State.LOST) {
                lossReason = "the broker ended it: " + Reasons.text(response.getReturnCode());
                state = State.LOST;
            } else {
                lose(e);
            }
            events.changed();
        }

        @Override
        public void messageArrived(String topic, MqttMessage m) {
            MqttProperties p = m.getProperties();
            boolean again = p != null && p.getUserProperties().contains(AGAIN);
            events.arrived(Connection.this, m.getId(), m.getQos(), topic, m.getPayload(), m.isRetained(), again);
        }

        @Override
        public void mqttErrorOccurred(MqttException e) {
            LOG.debug("client library reports", e);
        }

        @Override
        public void deliveryComplete(IMqttToken token) {
            // each message has its own listener
        }

        @Override
        public void connectComplete(boolean reconnect, String uri) {
            // the connect call has its own listener
        }

        @Override
        public void authPacketArrived(int code, MqttProperties properties) {
            // enhanced authentication is not used
        }
    }
}
