package org.anodyne.plugin.tck;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;

/** Keeps everything that is published, in order. Thread: any. */
public final class RecordedOutlet implements Outlet {
    private final List<Output> outputs = new CopyOnWriteArrayList<>();

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

    @Override
    public void samples(SampleBlock block) {
        outputs.add(new Output.Samples(block));
    }

    @Override
    public void feature(Feature feature) {
        outputs.add(new Output.FeatureValue(feature));
    }

    @Override
    public void decision(Decision decision) {
        outputs.add(new Output.Decided(decision));
    }

    @Override
    public void command(Command command) {
        outputs.add(new Output.Commanded(command));
    }

    @Override
    public void event(Event event) {
        outputs.add(new Output.Happened(event));
    }
}
