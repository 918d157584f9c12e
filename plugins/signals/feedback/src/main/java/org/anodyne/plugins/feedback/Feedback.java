package org.anodyne.plugins.feedback;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.allocation.AllocationKey;
import org.anodyne.allocation.Arm;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Outlet;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SignalProcessor;

/**
 * Publishes one level for each value of the feature, and with a mark whether it is rewarded. What is done does not depend on the
 * arm: baseline, live level, what is put in its place, and the reward of either are computed in any case, the same events are
 * published at the same times, and only at the very end one of the two, level with reward, is taken. Thread: the lane.
 */
final class Feedback implements SignalProcessor {
    private static final String FORMAT = "anodyne-feedback";
    private static final int VERSION = 2;
    private static final long NEVER = Long.MIN_VALUE;
    private static final long OPEN = Long.MAX_VALUE;

    private final PluginContext context;
    private final Outlet outlet;
    private final String keyFile;
    private final long seed;

    private Settings settings;
    private boolean live = true;
    private Optional<Playback> playback = Optional.empty();
    private Optional<Surrogate> surrogate = Optional.empty();

    /** What is to be told of the file of the series; empty when it was told, or there is none. */
    private Map<String, Object> untold = Map.of();

    private Smoother smoother = new Smoother(0);
    private Baseline baseline = new Baseline();
    private Optional<Mapping> mapping = Optional.empty();
    private Surrogate.Kind sham = new Surrogate.Kind(0, 0, 0);
    private double shown = Double.NaN;

    /** Of the live level, and of what is put in its place. */
    private Rewarding own = new Rewarding(Double.NaN, 0, Double.NaN);

    private Rewarding others = own;

    /** The baseline is what lies after the one time and not after the other. */
    private long baselineFrom = NEVER;

    private long baselineTo = NEVER;
    private boolean reported;

    Feedback(PluginContext context, String keyFile) {
        this.context = context;
        this.outlet = context.outlet();
        this.keyFile = keyFile;
        seed = context.random().nextLong();
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        settings = Settings.of(context.parameters());
        mapping = settings.fixed();
        sham = settings.sham();
        smoother = new Smoother(settings.smoothingNanos());
        own = ownRewarding();
        others = othersRewarding();
        switch (settings.source()) {
            case LIVE, INVERTED -> {}
            case SERIES -> playback = Optional.of(new Playback(levels(), settings.fadeNanos()));
            case SHAM -> surrogate = Optional.of(new Surrogate(seed, settings.smoothingNanos()));
        }
        live = settings.allocation().isEmpty() ? settings.source() == Settings.Source.LIVE : arm() == Arm.ACTIVE;
    }

    private Rewarding ownRewarding() {
        return new Rewarding(settings.mark(), settings.holdNanos(), Double.NaN);
    }

    private Rewarding othersRewarding() {
        return new Rewarding(settings.mark(), settings.holdNanos(), settings.share());
    }

    private double[] levels() throws PluginException {
        Object series = context.parameters().get("series").orElseThrow();
        if (series instanceof List<?> list) {
            double[] levels =
                    list.stream().mapToDouble(v -> ((Number) v).doubleValue()).toArray();
            for (double level : levels) {
                if (!(level >= 0 && level <= 1)) {
                    throw new PluginException(
                            "feedback: 'series' holds " + level + "; levels are numbers from 0 to 1.");
                }
            }
            if (levels.length < 2) {
                throw new PluginException("feedback: 'series' needs two levels at least.");
            }
            return levels;
        }
        SeriesTable table;
        try {
            table = SeriesTable.read(Path.of(series.toString()));
        } catch (InvalidPathException e) {
            throw new PluginException("feedback: 'series' is '" + series + "', which is no path.", e);
        }
        untold = Map.of(
                "file",
                series.toString(),
                "sha256",
                table.sha256(),
                "values",
                (long) table.levels().length,
                "leftOut",
                (long) table.leftOut());
        return table.levels();
    }

    private Arm arm() throws PluginException {
        if (keyFile.isBlank()) {
            throw new PluginException(
                    "feedback: slot '" + context.slot() + "' has an allocation code, but this site has"
                            + " no key file; set key.file of org.anodyne.feedback.");
        }
        AllocationKey key;
        try {
            key = AllocationKey.read(Path.of(keyFile));
        } catch (IOException e) {
            throw new PluginException("feedback: " + e.getMessage() + ".", e);
        }
        return key.arm(settings.allocation())
                .orElseThrow(() -> new PluginException("feedback: the allocation code of slot '" + context.slot()
                        + "' was not made with this site's key, or is mistyped; compare it with the participant's"
                        + " envelope."));
    }

    @Override
    public void enterPhase(Phase phase) {
        if (settings.calibration().filter(phase.id()::equals).isPresent()) {
            baselineFrom = phase.startNanos();
            baselineTo = phase.endNanos().orElse(OPEN);
            reported = false;
            baseline = new Baseline();
            mapping = Optional.empty();
            shown = Double.NaN;
            playback.ifPresent(Playback::restart);
            surrogate.ifPresent(Surrogate::restart);
        } else if (baselineTo > phase.startNanos()) {
            baselineTo = phase.startNanos();
        }
    }

    @Override
    public void feature(String port, FeatureInput input) {
        long time = input.feature().timeNanos();
        double value = input.feature().value();
        if (!untold.isEmpty()) {
            outlet.event(new Event("series", time, untold));
            untold = Map.of();
        }
        boolean known = Double.isFinite(value);
        double smooth = known ? smoother.add(time, value) : Double.NaN;
        if (known && time > baselineFrom && time <= baselineTo) {
            baseline.add(time, value, smooth);
        }
        calibrate(time);
        boolean reward = false;
        if (mapping.isPresent()) {
            double mine = known ? mapping.get().level(smooth) : Double.NaN;
            double other = instead(time, known, mine);
            boolean mineRewarded = own.at(time, mine);
            boolean otherRewarded = others.at(time, known ? other : Double.NaN);
            // Without a value the level stays where it is, whatever it comes from: a lost signal must not tell the arms
            // apart.
            if (known) {
                shown = live ? mine : other;
                reward = live ? mineRewarded : otherRewarded;
            }
        }
        outlet.feature(new Feature(FeedbackFactory.LEVEL, time, new double[] {shown}));
        if (!Double.isNaN(settings.mark())) {
            outlet.feature(new Feature(FeedbackFactory.REWARD, time, new double[] {reward ? 1 : 0}));
        }
    }

    /** What is shown in place of the live level. A series goes on without a value, too, to keep in time. */
    private double instead(long time, boolean known, double mine) {
        if (settings.source() == Settings.Source.INVERTED) {
            return others.level(1 - mine);
        }
        if (playback.isPresent()) {
            double level = playback.get().next(time);
            long passes = playback.get().begunAgain();
            if (passes > 0) {
                outlet.event(new Event("series-again", time, Map.of("passes", passes)));
            }
            return level;
        }
        return known && surrogate.isPresent() ? others.level(surrogate.get().next(time, sham)) : Double.NaN;
    }

    private void calibrate(long time) {
        if (settings.calibration().isEmpty() || baselineFrom == NEVER || time <= baselineTo || reported) {
            return;
        }
        reported = true;
        Baseline.Findings found = baseline.findings();
        Mapping line = Mapping.of(found, settings.spread(), settings.down());
        boolean usable = found.usable() && line.usable();
        if (usable) {
            mapping = Optional.of(line);
            sham = settings.shamLike(found);
        }
        outlet.event(new Event(
                usable ? "calibrated" : "calibration-failed",
                time,
                Map.of(
                        "phase", settings.calibration().get(),
                        "count", found.count(),
                        "mean", found.mean(),
                        "standardDeviation", found.standardDeviation(),
                        "low", line.low(),
                        "high", line.high(),
                        "autocorrelationSeconds", found.autocorrelationNanos() / 1e9)));
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        return Optional.of(HandOver.of(FORMAT, VERSION, this::write));
    }

    private void write(DataOutputStream out) throws IOException {
        out.writeBoolean(untold.isEmpty());
        out.writeLong(baselineFrom);
        out.writeLong(baselineTo);
        out.writeBoolean(reported);
        out.writeDouble(shown);
        smoother.write(out);
        baseline.write(out);
        out.writeBoolean(mapping.isPresent());
        out.writeDouble(mapping.map(Mapping::low).orElse(0.0));
        out.writeDouble(mapping.map(Mapping::high).orElse(0.0));
        out.writeDouble(sham.mean());
        out.writeDouble(sham.deviation());
        out.writeLong(sham.timeNanos());
        own.write(out);
        others.write(out);
        out.writeUTF(settings.source().name());
        if (playback.isPresent()) {
            playback.get().write(out);
        }
        if (surrogate.isPresent()) {
            surrogate.get().write(out);
        }
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        return handOver.restore(FORMAT, VERSION, this::read);
    }

    private Runnable read(DataInputStream in) throws IOException {
        boolean told = in.readBoolean();
        long from = in.readLong();
        long to = in.readLong();
        boolean wasReported = in.readBoolean();
        double wasShown = in.readDouble();
        Smoother smooth = new Smoother(settings.smoothingNanos());
        smooth.read(in);
        Baseline values = Baseline.read(in);
        boolean mapped = in.readBoolean();
        Mapping line = new Mapping(in.readDouble(), in.readDouble());
        Surrogate.Kind kind = new Surrogate.Kind(in.readDouble(), in.readDouble(), in.readLong());
        Rewarding newOwn = ownRewarding();
        newOwn.read(in);
        Rewarding newOthers = othersRewarding();
        newOthers.read(in);
        if (!in.readUTF().equals(settings.source().name())) {
            throw new IllegalArgumentException("the state is of another source");
        }
        // Read beside those in use, which stay as they are when the state turns out to be damaged.
        Optional<Playback> place = Optional.empty();
        Optional<Surrogate> process = Optional.empty();
        if (playback.isPresent()) {
            place = Optional.of(playback.get().copy());
            place.get().read(in);
        }
        if (surrogate.isPresent()) {
            process = Optional.of(new Surrogate(seed, settings.smoothingNanos()));
            process.get().read(in);
        }
        Optional<Playback> newPlace = place;
        Optional<Surrogate> newProcess = process;
        return () -> {
            untold = told ? Map.of() : untold;
            baselineFrom = from;
            baselineTo = to;
            reported = wasReported;
            shown = wasShown;
            smoother = smooth;
            baseline = values;
            mapping = mapped ? Optional.of(line) : Optional.empty();
            sham = kind;
            own = newOwn;
            others = newOthers;
            playback = newPlace;
            surrogate = newProcess;
        };
    }

    @Override
    public void close() {
        playback = Optional.empty();
        surrogate = Optional.empty();
    }
}
