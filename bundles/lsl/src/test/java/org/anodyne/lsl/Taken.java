package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** What an inlet of ours told, in order. Thread: any. */
final class Taken implements Inlet.Listener {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private final BlockingQueue<Sample> samples = new LinkedBlockingQueue<>();

    @Override
    public void connected(StreamInfo info, ClockOffset clock) {
        told.add(clock);
    }

    @Override
    public void sample(Sample sample, double localSeconds) {
        samples.add(sample);
    }

    @Override
    public void clock(ClockOffset clock) {
        told.add(clock);
    }

    @Override
    public void lost(String reason) {
        told.add(reason);
    }

    /** The next sample, waited for. */
    Sample sample() throws InterruptedException {
        Sample sample = samples.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(sample != null, "no sample came; told: " + told);
        return sample;
    }

    /** The next thing told that is of this kind, waited for. */
    <T> T told(Class<T> kind) throws InterruptedException {
        while (true) {
            Object what = told.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            assertTrue(what != null, "no " + kind.getSimpleName() + " was told");
            if (kind.isInstance(what)) {
                return kind.cast(what);
            }
        }
    }

    /** Takes samples of a ramp, each of which must follow the one before by value and, with a rate, by time. */
    void ramp(int count, int channels, double rate) throws InterruptedException {
        Sample before = null;
        for (int n = 0; n < count; n++) {
            Sample sample = sample();
            assertEquals(channels, sample.values().size());
            long k = number(sample);
            for (int i = 0; i < channels; i++) {
                if (sample.values() instanceof Sample.Texts texts) {
                    assertEquals("m" + k + "-" + i, texts.texts().get(i));
                } else {
                    assertEquals((k + i) % 100, sample.values().numbers()[i]);
                }
            }
            if (before != null) {
                long step = k - number(before);
                assertEquals(1, sample.values() instanceof Sample.Texts ? step : Math.floorMod(step, 100));
                if (rate > 0) {
                    assertEquals(1 / rate, sample.time() - before.time(), 1e-6, "time of sample " + k);
                }
            }
            before = sample;
        }
    }

    private static long number(Sample sample) {
        if (sample.values() instanceof Sample.Texts texts) {
            String text = texts.texts().get(0);
            return Long.parseLong(text.substring(1, text.indexOf('-')));
        }
        return (long) sample.values().numbers()[0];
    }

    /** The one stream that answers. */
    static StreamInfo resolve(Network network, String query) throws IOException {
        List<StreamInfo> found = new Resolver(network).resolve(query, 1, PATIENCE);
        assertEquals(1, found.size(), query + " found " + found);
        return found.get(0);
    }

    /** An opened inlet on the one stream that answers. */
    Inlet inlet(Network network, String query) throws IOException, InterruptedException {
        Inlet inlet = new Inlet(network, resolve(network, query), 100_000, "test-inlet", this);
        inlet.open(PATIENCE);
        return inlet;
    }
}
