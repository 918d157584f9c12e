package org.anodyne.plugin.tck;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.SessionClock;

/**
 * What an instance that talks to a device is given in a test: the machine's own clock, a lane with a thread of its own, a
 * recorder in place of the bus. Session time begins when it is made. Thread: any.
 */
public final class LiveContext implements PluginContext, AutoCloseable {
    private static final Duration END = Duration.ofSeconds(5);

    private final long began = System.nanoTime();
    private final Parameters parameters;
    private final Optional<String> input;
    private final RecordedOutlet outlet = new RecordedOutlet();
    private final RandomGenerator random = new SplittableRandom(FakeContext.SEED);
    private final ScheduledThreadPoolExecutor lane = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "lane-slot");
        thread.setDaemon(true);
        return thread;
    });

    /** With these parameters, taken as they are, and perhaps a device's address. */
    public LiveContext(Map<String, Object> parameters, Optional<String> input) {
        this.parameters = new Parameters(parameters);
        this.input = input;
        lane.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** A call on the lane failed by itself. */
    public static final class CallFailed extends Exception {
        private static final long serialVersionUID = 1L;

        CallFailed(Throwable cause) {
            super(cause.toString(), cause);
        }
    }

    /**
     * Makes a call on the lane, as the host does.
     *
     * @throws CallFailed with what the call threw
     * @throws TimeoutException when it took longer; it was interrupted then
     */
    public <T> T call(Callable<T> call, Duration patience) throws CallFailed, TimeoutException, InterruptedException {
        Future<T> future = lane.submit(call);
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new CallFailed(e.getCause());
        } catch (TimeoutException e) {
            future.cancel(true);
            throw e;
        }
    }

    /** What was published. */
    public RecordedOutlet published() {
        return outlet;
    }

    /** Session time of a value of {@link System#nanoTime}. */
    public long sessionNanos(long nanoTime) {
        return nanoTime - began;
    }

    @Override
    public String slot() {
        return "slot";
    }

    @Override
    public String session() {
        return "session";
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Optional<String> input() {
        return input;
    }

    @Override
    public SessionClock clock() {
        return () -> System.nanoTime() - began;
    }

    @Override
    public ScheduledExecutorService executor() {
        return lane;
    }

    @Override
    public RandomGenerator random() {
        return random;
    }

    @Override
    public Outlet outlet() {
        return outlet;
    }

    /** Ends the lane; the instance is to be closed before. */
    @Override
    public void close() {
        lane.shutdownNow();
        try {
            lane.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
