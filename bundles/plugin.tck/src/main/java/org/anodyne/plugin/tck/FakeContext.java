package org.anodyne.plugin.tck;

import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ScheduledExecutorService;
import java.util.random.RandomGenerator;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.SessionClock;

/**
 * What an instance is given in a test: a virtual clock that moves when the test says so, seeded random numbers, a
 * recorder in place of the bus. It is an instance's whole world; nothing else runs.
 */
public final class FakeContext implements PluginContext {
    /** Seed of the random numbers. */
    public static final long SEED = 42;

    private final Parameters parameters;
    private final Optional<String> input;
    private final VirtualLane lane = new VirtualLane();
    private final RecordedOutlet outlet = new RecordedOutlet();
    private final RandomGenerator random = new SplittableRandom(SEED);

    private FakeContext(Parameters parameters, Optional<String> input) {
        this.parameters = parameters;
        this.input = input;
    }

    /** With these parameters, taken as they are, and no input. */
    public static FakeContext of(Map<String, Object> parameters) {
        return new FakeContext(new Parameters(parameters), Optional.empty());
    }

    /** The same with a recording or a device address. */
    public FakeContext with(String address) {
        return new FakeContext(parameters, Optional.of(address));
    }

    /** The lane; move the clock with {@link VirtualLane#advanceTo}. */
    public VirtualLane lane() {
        return lane;
    }

    /** What was published. */
    public RecordedOutlet published() {
        return outlet;
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
        return lane;
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
}
