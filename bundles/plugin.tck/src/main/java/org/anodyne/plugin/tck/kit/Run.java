package org.anodyne.plugin.tck.kit;

import static org.anodyne.plugin.tck.kit.Check.require;

import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.tck.LiveContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.RecordedOutlet;

/** One instance at work at its device, called on a lane with the deadlines of the host. Thread: one at a time. */
final class Run implements AutoCloseable {
    static final Duration PREPARE = Duration.ofSeconds(15);
    static final Duration CALL = Duration.ofSeconds(2);
    static final Duration CLOSE = Duration.ofSeconds(5);

    private final LiveContext context;
    private final PluginInstance instance;
    private final Set<Thread> before;
    private boolean closed;

    private Run(LiveContext context, PluginInstance instance, Set<Thread> before) {
        this.context = context;
        this.instance = instance;
        this.before = before;
    }

    /** An instance that has been made and no more. */
    static Run created(Adapter adapter, Optional<String> address) throws Exception {
        Set<Thread> before = threads();
        LiveContext context = new LiveContext(adapter.parameters(), address);
        try {
            return new Run(context, context.call(() -> adapter.factory().create(context), CALL), before);
        } catch (Exception e) {
            context.close();
            throw e;
        }
    }

    /** An instance that is prepared. */
    static Run prepared(Adapter adapter) throws Exception {
        Run run = created(adapter, Optional.of(adapter.address()));
        try {
            run.prepare();
            return run;
        } catch (Exception e) {
            run.close();
            throw e;
        }
    }

    /** An instance that runs in a phase. */
    static Run started(Adapter adapter) throws Exception {
        Run run = prepared(adapter);
        try {
            run.doing("start", () -> {
                run.instance.start();
                return null;
            });
            run.enter(0, true);
            return run;
        } catch (Exception e) {
            run.close();
            throw e;
        }
    }

    void prepare() throws Exception {
        timed("prepare", PREPARE, () -> {
            instance.prepare(Inputs.NONE, Deadline.in(PREPARE));
            return null;
        });
    }

    void enter(int index, boolean active) throws Exception {
        double now = context.clock().nowNanos() * 1e-9;
        doing("enterPhase", () -> {
            instance.enterPhase(
                    active
                            ? Phases.active("phase-" + index, index, now, now + 3600)
                            : Phases.inactive("phase-" + index, index, now, now + 3600));
            return null;
        });
    }

    /** Makes a call within 2 s. */
    <T> T doing(String what, Callable<T> call) throws Exception {
        return timed(what, CALL, call);
    }

    /** Makes a call within its deadline. */
    <T> T timed(String what, Duration deadline, Callable<T> call) throws Exception {
        try {
            return context.call(call, deadline);
        } catch (TimeoutException e) {
            throw new Check.Broken(what + " did not return within " + deadline.toMillis() + " ms", e);
        } catch (LiveContext.CallFailed e) {
            if (e.getCause() instanceof PluginException refusal) {
                throw refusal;
            }
            throw new Check.Broken(what + " threw " + e.getCause(), e);
        }
    }

    PluginInstance instance() {
        return instance;
    }

    RecordedOutlet published() {
        return context.published();
    }

    LiveContext context() {
        return context;
    }

    /** Closes the instance; a second call does nothing. */
    @Override
    public void close() throws Exception {
        if (closed) {
            return;
        }
        closed = true;
        try {
            timed("close", CLOSE, () -> {
                instance.close();
                return null;
            });
        } finally {
            context.close();
        }
    }

    /** Closes the instance twice and holds it to what is to be gone then. */
    void closeAndCheck() throws Exception {
        timed("close", CLOSE, () -> {
            instance.close();
            instance.close();
            return null;
        });
        int published = published().outputs().size();
        close();
        Deadline deadline = Deadline.in(CLOSE);
        for (Thread thread : startedSince(before)) {
            thread.join(Math.max(1, deadline.left().toMillis()));
        }
        Set<Thread> left = startedSince(before);
        require(left.isEmpty(), "threads are left after close: " + left);
        require(published == published().outputs().size(), "something was published after close");
    }

    /** Threads of the plug-in that are alive. */
    Set<Thread> startedThreads() {
        Set<Thread> now = startedSince(before);
        now.removeIf(thread -> thread.getName().equals("lane-slot"));
        return now;
    }

    private static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    private static Set<Thread> startedSince(Set<Thread> before) {
        Set<Thread> now = threads();
        now.removeAll(before);
        now.removeIf(thread -> !thread.isAlive()
                || thread.getThreadGroup() == null
                || thread.getThreadGroup().getParent() == null);
        return now;
    }

    /** A measured time, for a report. */
    static String millis(long nanos) {
        return Math.round(nanos / 1e5) / 10.0 + " ms";
    }
}
