package org.anodyne.plugin.tck;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;

/** Keeps everything that is published, in order. Thread: any. */
public final class RecordedOutlet implements Outlet {
    private final List<Output> outputs = new CopyOnWriteArrayList<>();
    private final AtomicReference<MirrorPicture> mirrored = new AtomicReference<>();

    /** Everything so far, in order. */
    public List<Output> outputs() {
        return List.copyOf(outputs);
    }

    /** {@link Output#bits} of everything so far. */
    public List<String> bits() {
        return outputs.stream().map(Output::bits).toList();
    }

    /** All blocks of a stream. */
    public List<SampleBlock> blocks(String stream) {
        return outputs.stream()
                .filter(Output.Samples.class::isInstance)
                .map(o -> ((Output.Samples) o).block())
                .filter(b -> b.stream().equals(stream))
                .toList();
    }

    /** All values of a feature. */
    public List<Feature> features(String name) {
        return outputs.stream()
                .filter(Output.FeatureValue.class::isInstance)
                .map(o -> ((Output.FeatureValue) o).feature())
                .filter(f -> f.name().equals(name))
                .toList();
    }

    /** All decisions. */
    public List<Decision> decisions() {
        return outputs.stream()
                .filter(Output.Decided.class::isInstance)
                .map(o -> ((Output.Decided) o).decision())
                .toList();
    }

    /** All commands. */
    public List<Command> commands() {
        return outputs.stream()
                .filter(Output.Commanded.class::isInstance)
                .map(o -> ((Output.Commanded) o).command())
                .toList();
    }

    /** All events of a type. */
    public List<Event> events(String type) {
        return outputs.stream()
                .filter(Output.Happened.class::isInstance)
                .map(o -> ((Output.Happened) o).event())
                .filter(e -> e.type().equals(type))
                .toList();
    }

    /**
     * Waits for a condition on what was published, for instances with a thread of their own.
     *
     * @return whether it came true in this time
     */
    public boolean await(Predicate<RecordedOutlet> condition, Duration patience) throws InterruptedException {
        Deadline deadline = Deadline.in(patience);
        synchronized (outputs) {
            while (!condition.test(this)) {
                if (deadline.passed()) {
                    return false;
                }
                outputs.wait(Math.max(1, deadline.left().toMillis()));
            }
            return true;
        }
    }

    private void add(Output output) {
        synchronized (outputs) {
            outputs.add(output);
            outputs.notifyAll();
        }
    }

    @Override
    public void samples(SampleBlock block) {
        add(new Output.Samples(block));
    }

    @Override
    public void feature(Feature feature) {
        add(new Output.FeatureValue(feature));
    }

    @Override
    public void decision(Decision decision) {
        add(new Output.Decided(decision));
    }

    @Override
    public void command(Command command) {
        add(new Output.Commanded(command));
    }

    @Override
    public void event(Event event) {
        add(new Output.Happened(event));
    }

    @Override
    public void mirror(MirrorPicture picture) {
        mirrored.set(picture);
    }

    /** The newest picture for the operator, if there was one. It is no output: it depends on the machine's time. */
    public Optional<MirrorPicture> mirrored() {
        return Optional.ofNullable(mirrored.get());
    }
}
