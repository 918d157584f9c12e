package org.anodyne.plugin.tck;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;

/** One thing that an instance published. */
public sealed interface Output {
    /** Everything in it, numbers bit for bit: two outputs are the same exactly when these texts are equal. */
    String bits();

    /** A block of samples. */
    record Samples(SampleBlock block) implements Output {
        @Override
        public String bits() {
            return "samples " + block.stream() + " " + block.index() + " " + block.startNanos() + " "
                    + hex(block.rateHz()) + " " + block.channels() + " "
                    + IntStream.range(0, block.samples().length)
                            .mapToObj(i -> Integer.toHexString(Float.floatToRawIntBits(block.samples()[i])))
                            .collect(Collectors.joining(","));
        }
    }

    /** A feature. */
    record FeatureValue(Feature feature) implements Output {
        @Override
        public String bits() {
            return "feature " + feature.name() + " " + feature.timeNanos() + " "
                    + Arrays.stream(feature.values()).mapToObj(Output::hex).collect(Collectors.joining(","));
        }
    }

    /** A decision. */
    record Decided(Decision decision) implements Output {
        @Override
        public String bits() {
            return "decision " + decision.trigger() + " " + decision.timeNanos() + " " + hex(decision.measured()) + " "
                    + hex(decision.threshold()) + " " + decision.verdict() + " " + decision.phase() + " "
                    + decision.commandId();
        }
    }

    /** A command. */
    record Commanded(Command command) implements Output {
        @Override
        public String bits() {
            return "command " + command.id() + " " + command.target() + " " + command.action() + " "
                    + new java.util.TreeMap<>(command.arguments()) + " " + command.decidedNanos() + " "
                    + command.cause();
        }
    }

    /** An event. */
    record Happened(Event event) implements Output {
        @Override
        public String bits() {
            return "event " + event.type() + " " + event.timeNanos() + " "
                    + new java.util.TreeMap<>(event.attributes());
        }
    }

    private static String hex(double value) {
        return Long.toHexString(Double.doubleToRawLongBits(value));
    }
}
