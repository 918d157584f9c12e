package org.anodyne.plugins.neurofeedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SignalProcessor;

/**
 * Trains several features at once. For every row of values (see {@link Rows}) each target has a part from 0 to 1, 0.5 at its
 * threshold; the score is made of the parts so that it is 0.5 or more exactly when what is required is met. The value that is
 * fed back is the score in training blocks while the signal is clean, else NaN, at which feedback of every kind stands still.
 * Which phase a row belongs to follows from its time alone. Thread: the lane.
 */
final class Neurofeedback implements SignalProcessor {
    private static final String FORMAT = "anodyne-neurofeedback";
    private static final int VERSION = 1;

    private final PluginContext context;
    private final Outlet outlet;
    private Block.Kind kind;

    private Settings settings;
    private Rows rows;
    private Threshold[] thresholds;
    private Reward reward;
    private ShareKeeper share;
    private double[] parts;

    /** The phase under way, last, and those before it of which rows may still come. */
    private Deque<Block> blocks = new ArrayDeque<>();

    Neurofeedback(PluginContext context) {
        this.context = context;
        this.outlet = context.outlet();
        this.kind = Block.Kind.of(context.parameters().text("block"));
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        settings = Settings.of(context.parameters(), inputs);
        int targets = settings.targets().size();
        rows = new Rows(targets + (settings.clean() ? 1 : 0));
        thresholds = fresh();
        reward = new Reward(settings.holdNanos());
        share = new ShareKeeper(settings.share());
        parts = new double[targets];
    }

    private Threshold[] fresh() {
        return settings.targets().stream()
                .map(t -> new Threshold(t, settings.spread()))
                .toArray(Threshold[]::new);
    }

    @Override
    public void change(Parameters parameters) {
        kind = Block.Kind.of(parameters.text("block"));
    }

    @Override
    public void enterPhase(Phase phase) {
        if (!blocks.isEmpty()) {
            Block before = blocks.removeLast();
            blocks.forEach(b -> b.over = true);
            blocks.addLast(before);
            before.endNanos = Math.min(before.endNanos, phase.startNanos());
            // Where this slot goes on, rows of before may still come: the first one of now closes it.
            before.over |= !phase.active();
        }
        Object own = phase.parameters().get("block");
        blocks.addLast(new Block(
                phase.id(),
                phase.index(),
                phase.repetition(),
                phase.startNanos(),
                phase.endNanos().orElse(Block.OPEN),
                phase.active(),
                own == null ? kind : Block.Kind.of(own),
                settings.targets().size()));
        closeOver();
    }

    @Override
    public void endPhase(Phase phase) {
        // Without an end of its own, the beginning of the next phase is its end.
        if (phase.endNanos().isPresent()) {
            for (Block b : blocks) {
                if (b.index == phase.index()) {
                    b.endNanos = Math.min(b.endNanos, phase.endNanos().getAsLong());
                    b.over = true;
                }
            }
        }
        closeOver();
    }

    @Override
    public void feature(String port, FeatureInput input) {
        long time = input.feature().timeNanos();
        double x = input.feature().value();
        if (port.equals(NeurofeedbackFactory.CLEAN)) {
            rows.add(settings.targets().size(), time, x);
        } else {
            rows.add(target(input), time, x);
        }
        while (rows.next()) {
            enter(rows.timeNanos());
            row(rows.timeNanos());
            closeOver();
        }
    }

    private int target(FeatureInput input) {
        for (int i = 0; i < settings.targets().size(); i++) {
            String name = settings.targets().get(i).feature();
            int slash = input.slot().length();
            // As slot/name, without a text of it for each value.
            if (name.length() == slash + 1 + input.feature().name().length()
                    && name.startsWith(input.slot())
                    && name.charAt(slash) == '/'
                    && name.endsWith(input.feature().name())) {
                return i;
            }
        }
        throw new IllegalStateException("neurofeedback: " + input.slot() + "/"
                + input.feature().name() + " is no target; that is a fault of the platform.");
    }

    /** What ended before this time is closed, for the rows of it have come. */
    private void enter(long timeNanos) {
        while (!blocks.isEmpty() && timeNanos > blocks.getFirst().endNanos && blocks.size() > 1) {
            close(blocks.removeFirst());
        }
    }

    /** Closes those that are over and of which no row waits. */
    private void closeOver() {
        while (!blocks.isEmpty() && blocks.getFirst().over && !rows.waiting(blocks.getFirst().endNanos)) {
            close(blocks.removeFirst());
        }
    }

    private void close(Block block) {
        if (!block.active) {
            return;
        }
        long time = block.endNanos == Block.OPEN ? context.clock().nowNanos() : block.endNanos;
        outlet.event(block.summary(time, settings.targets(), inForce()));
        for (int i = 0; i < thresholds.length; i++) {
            if (thresholds[i].leave(block.phase)) {
                outlet.event(found(i, block.phase, time));
            }
        }
    }

    private Event found(int target, String phase, long time) {
        Threshold t = thresholds[target];
        double value = t.value(0);
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("feature", settings.targets().get(target).feature());
        m.put("phase", phase);
        m.put("count", t.baseline().count());
        m.put("mean", t.baseline().mean().orElse(Double.NaN));
        m.put("standardDeviation", t.baseline().standardDeviation().orElse(Double.NaN));
        m.put("threshold", value);
        return new Event(Double.isNaN(value) ? "threshold-failed" : "threshold-found", time, m);
    }

    private double[] inForce() {
        double[] values = new double[thresholds.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = thresholds[i].value(share.ease());
        }
        return values;
    }

    private void row(long time) {
        Block block = blocks.isEmpty() ? null : blocks.getLast();
        for (Block b : blocks) {
            if (b.holds(time)) {
                block = b;
                break;
            }
        }
        if (block == null || !block.holds(time)) {
            return; // before the first phase, or after the last
        }
        if (block.firstRow()) {
            for (Threshold t : thresholds) {
                t.enter(block.phase);
            }
        }
        boolean clean = !settings.clean() || rows.value(settings.targets().size()) >= 0.5;
        double score = Double.NaN;
        boolean rewarded = false;
        boolean trains = block.kind != Block.Kind.REST;
        if (clean) {
            score = trains ? score() : Double.NaN;
            rewarded = reward.at(time, score);
            learn(block, time, trains, !Double.isNaN(score));
            block.row(time, score, rewarded);
        } else {
            reward.at(time, Double.NaN);
            block.rejected(time);
        }
        double shown = block.kind == Block.Kind.TRAINING ? score : Double.NaN;
        publish(NeurofeedbackFactory.VALUE, time, shown);
        if (trains) {
            publish(NeurofeedbackFactory.SCORE, time, score);
            publish(NeurofeedbackFactory.REWARD, time, rewarded ? 1 : 0);
            outlet.feature(new Feature(NeurofeedbackFactory.THRESHOLDS, time, inForce()));
        }
        if (block.kind == Block.Kind.TRAINING) {
            if (!Double.isNaN(score)) {
                share.add(time, rewarded);
            }
            publish(NeurofeedbackFactory.SHARE, time, share.share());
        }
    }

    /** What the row comes to; NaN while a threshold or a value that it needs is not known. */
    private double score() {
        double weighted = 0;
        double weights = 0;
        boolean known = true;
        for (int i = 0; i < parts.length; i++) {
            parts[i] = thresholds[i].part(rows.value(i), share.ease());
            known &= !Double.isNaN(parts[i]);
            double weight = settings.targets().get(i).weight();
            weighted += weight * parts[i];
            weights += weight;
        }
        if (!known) {
            return Double.NaN;
        }
        if (settings.needed() == 0) {
            return weighted / weights;
        }
        // Of so many that have to be met, the worst of the best ones decides.
        Arrays.sort(parts);
        return parts[parts.length - settings.needed()];
    }

    private void learn(Block block, long time, boolean trains, boolean scored) {
        for (int i = 0; i < thresholds.length; i++) {
            double x = rows.value(i);
            if (!Double.isFinite(x)) {
                continue;
            }
            block.value(i, x, scored && thresholds[i].part(x, share.ease()) >= Reward.MARK);
            thresholds[i].learn(block.phase, time, x, trains);
        }
    }

    private void publish(String name, long time, double value) {
        outlet.feature(new Feature(name, time, new double[] {value}));
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, this::write));
    }

    private void write(DataOutputStream out) throws IOException {
        rows.write(out);
        for (Threshold t : thresholds) {
            t.write(out);
        }
        reward.write(out);
        share.write(out);
        out.writeInt(blocks.size());
        for (Block b : blocks) {
            b.write(out);
        }
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, this::read);
    }

    private Runnable read(DataInputStream in) throws IOException {
        int targets = settings.targets().size();
        Rows newRows = new Rows(targets + (settings.clean() ? 1 : 0));
        newRows.read(in);
        Threshold[] newThresholds = fresh();
        for (Threshold t : newThresholds) {
            t.read(in);
        }
        Reward newReward = new Reward(settings.holdNanos());
        newReward.read(in);
        ShareKeeper newShare = new ShareKeeper(settings.share());
        newShare.read(in);
        Deque<Block> newBlocks = new ArrayDeque<>();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            newBlocks.addLast(Block.read(in, targets));
        }
        return () -> {
            rows = newRows;
            thresholds = newThresholds;
            reward = newReward;
            share = newShare;
            blocks = newBlocks;
        };
    }

    @Override
    public void close() {
        blocks.clear();
    }
}
