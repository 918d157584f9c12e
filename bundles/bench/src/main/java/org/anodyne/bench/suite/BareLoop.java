package org.anodyne.bench.suite;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * The yardstick: a bare Paho client that sends a message round as many topics as our loop has hops, at QoS 1, and does
 * nothing else. Each hop is passed on by a thread of its own, since publishing from Paho's callback deadlocks.
 *
 * <p>As it comes, Paho never sets TCP_NODELAY and waits for delayed acknowledgements, some 40 ms at each hop. Any loop
 * looks fast beside that, so the yardstick may have the option set, which a user of Paho can do through a socket
 * factory.
 */
final class BareLoop implements AutoCloseable {
    private final MqttAsyncClient client;
    private final int[] sizes;
    private final Thread[] hops;
    private final BlockingQueue<Long> arrived = new ArrayBlockingQueue<>(1024);

    /**
     * Connects and subscribes.
     *
     * @param sizes payload size of each hop in bytes, at least 8
     * @param noDelay whether TCP_NODELAY is set; without it this is Paho as it comes
     */
    BareLoop(String uri, int[] sizes, boolean noDelay) throws MqttException {
        this.sizes = sizes.clone();
        this.client = new MqttAsyncClient(uri, "bare-" + System.nanoTime(), new MemoryPersistence());
        this.hops = new Thread[sizes.length - 1];
        @SuppressWarnings({"unchecked", "rawtypes"})
        BlockingQueue<Long>[] between = new BlockingQueue[sizes.length - 1];
        for (int i = 0; i < between.length; i++) {
            between[i] = new ArrayBlockingQueue<>(1024);
            BlockingQueue<Long> in = between[i];
            int next = i + 1;
            hops[i] = new Thread(() -> pass(in, next), "bare-hop-" + next);
            hops[i].setDaemon(true);
        }
        client.setCallback(new Arrivals() {
            @Override
            public void messageArrived(String topic, MqttMessage message) {
                int hop = topic.charAt(topic.length() - 1) - '0';
                long sent = ByteBuffer.wrap(message.getPayload()).getLong();
                (hop == between.length ? arrived : between[hop]).add(sent);
            }
        });
        MqttConnectionOptions options = new MqttConnectionOptions();
        options.setCleanStart(true);
        if (noDelay) {
            options.setSocketFactory(new NoDelaySockets());
        }
        client.connect(options).waitForCompletion(10_000);
        client.subscribe("bare/+", 1).waitForCompletion(10_000);
        for (Thread t : hops) {
            t.start();
        }
    }

    /** Sends one message round and returns when it has arrived, nanoseconds after {@code sent}. */
    long round(long sent) throws MqttException, InterruptedException {
        publish(0, sent);
        Long back = arrived.poll(10, TimeUnit.SECONDS);
        if (back == null) {
            throw new IllegalStateException("the bare loop lost a message");
        }
        return System.nanoTime() - back;
    }

    private void publish(int hop, long sent) throws MqttException {
        byte[] payload = new byte[sizes[hop]];
        ByteBuffer.wrap(payload).putLong(sent);
        MqttMessage message = new MqttMessage(payload, 1, false, new MqttProperties());
        client.publish("bare/" + hop, message);
    }

    private void pass(BlockingQueue<Long> in, int next) {
        try {
            while (true) {
                publish(next, in.take());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (MqttException e) {
            throw new IllegalStateException("the bare loop failed", e);
        }
    }

    @Override
    public void close() throws MqttException {
        for (Thread t : hops) {
            t.interrupt();
        }
        client.disconnect().waitForCompletion(10_000);
        client.close();
    }

    /** Only arrivals matter. */
    private abstract static class Arrivals implements MqttCallback {
        @Override
        public void disconnected(MqttDisconnectResponse response) {}

        @Override
        public void mqttErrorOccurred(MqttException exception) {}

        @Override
        public void deliveryComplete(IMqttToken token) {}

        @Override
        public void connectComplete(boolean reconnect, String serverUri) {}

        @Override
        public void authPacketArrived(int reasonCode, MqttProperties properties) {}
    }
}
