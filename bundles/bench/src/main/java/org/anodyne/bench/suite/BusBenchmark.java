package org.anodyne.bench.suite;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.anodyne.bench.Benchmark;
import org.anodyne.bench.measure.Settings;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.signal.SampleBlock;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How many messages per second go through the bus and come back. */
@Component
public final class BusBenchmark implements Benchmark {
    /** More are never under way at once, so that the outbox's bound is not what is measured. */
    private static final int WINDOW = 1000;

    private final MessageBus bus;

    @Activate
    public BusBenchmark(@Reference MessageBus bus) {
        this.bus = bus;
    }

    @Override
    public String name() {
        return "bus";
    }

    @Override
    public String title() {
        return "blocks published at QoS 1 and received again, as many per second as go";
    }

    @Override
    public Map<String, Object> run(Map<String, String> typed, Path folder, Consumer<String> progress) throws Exception {
        Settings settings = new Settings(typed, Set.of("messages", "samples"));
        int messages = settings.whole("messages", 20_000, 10_000_000);
        int samples = settings.whole("samples", 64, 100_000);
        round(Math.min(messages, 5_000), samples);
        progress.accept("warm; now " + messages + " messages");
        double seconds = round(messages, samples);
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("messagesPerSecond", messages / seconds);
        figures.put("megabytesPerSecond", messages * 4.0 * samples / seconds / 1e6);
        figures.put("messages", messages);
        figures.put("bytesOfSamplesPerMessage", 4 * samples);
        figures.put("seconds", seconds);
        return figures;
    }

    private double round(int messages, int samples) throws Exception {
        Topic topic = Topic.of(bus.site(), "bench-bus", Topic.Kind.SAMPLE, "source", "stream");
        CountDownLatch all = new CountDownLatch(messages);
        Semaphore window = new Semaphore(WINDOW);
        MessageBus.Subscription subscription = bus.subscribe(topic.path(), m -> {
                    window.release();
                    all.countDown();
                })
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        try (subscription) {
            long start = System.nanoTime();
            for (int i = 0; i < messages; i++) {
                if (!window.tryAcquire(30, TimeUnit.SECONDS)) {
                    throw new IllegalStateException("the bus stands still after " + i + " messages");
                }
                bus.publish(topic, new Payload.Samples(new SampleBlock("stream", i, i, 250, 1, new float[samples])), 0);
            }
            if (!all.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException(all.getCount() + " messages did not come back");
            }
            return (System.nanoTime() - start) / 1e9;
        }
    }
}
