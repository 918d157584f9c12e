package org.anodyne.plugin.tck.kit;

import static org.anodyne.plugin.tck.kit.Check.require;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginPorts;

/** What is asked of every adapter. */
final class CommonChecks {
    private static final String NOWHERE = "tcp:127.0.0.1:1";

    private final Adapter adapter;

    CommonChecks(Adapter adapter) {
        this.adapter = adapter;
    }

    List<Check> all() {
        return List.of(
                new Check("ports", "What it takes and gives depends on nothing but the parameters.", this::ports),
                new Check("create", "Making an instance starts no thread and publishes nothing.", this::create),
                new Check("life-cycle", "Every call of the life cycle returns within its deadline.", this::lifeCycle),
                new Check("silent", "Nothing is published before start and after close.", this::silent),
                new Check("again", "The device can be opened again at once, three times.", this::again),
                new Check("nowhere", "An address where nothing is is refused in time, with its name.", this::nowhere),
                new Check(
                        "nonsense",
                        "An address that is none is refused with the forms that there are.",
                        this::nonsense),
                new Check(
                        "close-first", "Closing an instance that was never prepared does no harm.", this::closeFirst));
    }

    private String ports() throws Exception {
        Parameters parameters = new Parameters(adapter.parameters());
        PluginPorts ports = adapter.factory().ports(parameters);
        require(ports.equals(adapter.factory().ports(parameters)), "two calls give two answers");
        return ports.streams().isEmpty()
                ? "actions "
                        + ports.actions().stream()
                                .map(PluginPorts.ActionInfo::name)
                                .toList()
                : "streams " + ports.streams();
    }

    private String create() throws Exception {
        try (Run run = Run.created(adapter, Optional.of(adapter.address()))) {
            require(run.startedThreads().isEmpty(), "threads were started: " + run.startedThreads());
            require(run.published().outputs().isEmpty(), "something was published");
        }
        return "";
    }

    private String lifeCycle() throws Exception {
        List<String> times = new ArrayList<>();
        Run run = Run.created(adapter, Optional.of(adapter.address()));
        try {
            long began = System.nanoTime();
            run.prepare();
            times.add("prepare " + Run.millis(System.nanoTime() - began));
            step(run, times, "start", () -> run.instance().start());
            run.enter(0, true);
            step(run, times, "pause", () -> run.instance().pause());
            step(run, times, "resume", () -> run.instance().resume());
            step(run, times, "drain", () -> run.instance().drain(Deadline.in(Run.CALL)));
            began = System.nanoTime();
            run.closeAndCheck();
            times.add("close " + Run.millis(System.nanoTime() - began));
        } finally {
            run.close();
        }
        return String.join(", ", times);
    }

    @FunctionalInterface
    private interface Step {
        void run() throws Exception;
    }

    private static void step(Run run, List<String> times, String what, Step step) throws Exception {
        long began = System.nanoTime();
        run.doing(what, () -> {
            step.run();
            return null;
        });
        times.add(what + " " + Run.millis(System.nanoTime() - began));
    }

    private String silent() throws Exception {
        Run run = Run.prepared(adapter);
        try {
            boolean spoke = run.published().await(p -> !p.outputs().isEmpty(), java.time.Duration.ofMillis(500));
            require(!spoke, "something was published before start");
            run.closeAndCheck();
        } finally {
            run.close();
        }
        return "";
    }

    private String again() throws Exception {
        for (int i = 0; i < 3; i++) {
            Run run = Run.started(adapter);
            try {
                run.closeAndCheck();
            } finally {
                run.close();
            }
        }
        return "";
    }

    private String nowhere() throws Exception {
        Run run = Run.created(adapter, Optional.of(NOWHERE));
        try {
            long began = System.nanoTime();
            run.prepare();
            throw new Check.Broken("it accepted " + NOWHERE + ", where nothing listens; took "
                    + Run.millis(System.nanoTime() - began));
        } catch (PluginException refusal) {
            require(
                    refusal.getMessage().contains(NOWHERE),
                    "the refusal does not name the address: " + refusal.getMessage());
            return refusal.getMessage();
        } finally {
            run.closeAndCheck();
        }
    }

    private String nonsense() throws Exception {
        Run run = Run.created(adapter, Optional.of("the box on the left"));
        try {
            run.prepare();
            throw new Check.Broken("it accepted 'the box on the left' as an address");
        } catch (PluginException refusal) {
            return refusal.getMessage();
        } finally {
            run.closeAndCheck();
        }
    }

    private String closeFirst() throws Exception {
        Run run = Run.created(adapter, Optional.of(adapter.address()));
        run.closeAndCheck();
        return "";
    }
}
