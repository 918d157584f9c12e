package org.anodyne.plugin.tck;

import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.intervention.ActivityAnswer;
import org.anodyne.plugin.intervention.ActivityGuide;
import org.anodyne.plugin.intervention.Intervention;
import org.anodyne.plugin.signal.FeatureInput;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;

/** One call that the host makes on a running processor or intervention. */
public sealed interface Step {
    /** Makes the call. */
    void on(PluginInstance instance);

    /** Session time of the input; the clock is moved there first. */
    long timeNanos();

    /** A block arrives. */
    record Block(String port, SampleBlock block) implements Step {
        @Override
        public void on(PluginInstance instance) {
            ((SignalProcessor) instance).samples(port, block);
        }

        @Override
        public long timeNanos() {
            return block.endNanos();
        }
    }

    /** A feature arrives. */
    record Value(String port, FeatureInput input) implements Step {
        @Override
        public void on(PluginInstance instance) {
            if (instance instanceof SignalProcessor processor) {
                processor.feature(port, input);
            } else {
                ((Intervention) instance).feature(port, input);
            }
        }

        @Override
        public long timeNanos() {
            return input.feature().timeNanos();
        }
    }

    /** The participant answers an activity; interventions that show any. */
    record Answered(ActivityAnswer answer) implements Step {
        @Override
        public void on(PluginInstance instance) {
            ((ActivityGuide) instance).answered(answer);
        }

        @Override
        public long timeNanos() {
            return answer.timeNanos();
        }
    }

    /** A phase begins. */
    record Enter(Phase phase) implements Step {
        @Override
        public void on(PluginInstance instance) {
            instance.enterPhase(phase);
        }

        @Override
        public long timeNanos() {
            return phase.startNanos();
        }
    }

    /** A phase ends; processors only. */
    record End(Phase phase) implements Step {
        @Override
        public void on(PluginInstance instance) {
            ((SignalProcessor) instance).endPhase(phase);
        }

        @Override
        public long timeNanos() {
            return phase.endNanos().orElse(phase.startNanos());
        }
    }
}
