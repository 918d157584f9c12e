package org.anodyne.command;

import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.SampleBlock;

/**
 * How long one message takes over the bus, from its making to its receipt, measured one after the other at QoS 1 with blocks of 8 channels × 10
 * samples. What is measured is this machine now; under load it is more.
 *
 * @param count messages measured, after as many tenths to warm up
 * @param median seconds
 * @param p99 seconds, nearest rank
 */
record BusHop(int count, double median, double p99) {
    private static final int COUNT = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** @throws CommandFailure when a message does not come back in time */
    static BusHop measure(MessageBus bus) throws Exception {
        Topic topic = Topic.of(bus.site(), "latency", Topic.Kind.SAMPLE, "source", "stream");
        BlockingQueue<Message> received = new LinkedBlockingQueue<>();
        long[] nanos = new long[COUNT];
        try (MessageBus.Subscription subscription = bus.subscribe(topic.path(), received::add)
                .toCompletableFuture()
                .get(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            for (int i = -COUNT / 10; i < COUNT; i++) {
                bus.publish(topic, new Payload.Samples(new SampleBlock("stream", 0, 0, 250, 8, new float[80])), 0);
                Message message = received.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (message == null) {
                    throw new CommandFailure(
                            1, "a message did not come back over the bus within " + PATIENCE.toSeconds() + " s");
                }
                if (i >= 0) {
                    nanos[i] = message.receivedNanos() - message.envelope().madeNanos();
                }
            }
        }
        Arrays.sort(nanos);
        return new BusHop(COUNT, nanos[COUNT / 2] / 1e9, nanos[(int) Math.ceil(0.99 * COUNT) - 1] / 1e9);
    }

    String told() {
        return String.format(
                Locale.ROOT,
                "measured now on this machine: %d messages one by one, each %.2f ms (median), %.2f ms (p99)",
                count,
                median * 1e3,
                p99 * 1e3);
    }

    Map<String, Object> figures() {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("how", "measured now on this machine, one message after the other");
        figures.put("count", count);
        figures.put("medianSeconds", median);
        figures.put("p99Seconds", p99);
        return figures;
    }
}
