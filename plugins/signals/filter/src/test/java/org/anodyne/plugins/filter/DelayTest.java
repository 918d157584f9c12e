package org.anodyne.plugins.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.SignalProcessor;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slow swell of an oscillation comes out as much later as is stated. */
class DelayTest {
    private static final double RATE = 500;
    private static final int SECONDS = 40;
    private static final double SWELL = 0.25;

    @ParameterizedTest
    @CsvSource({"4, 30", "8, 13", "0, 20", "0, 40"})
    void theSwellComesAsLateAsIsStated(double highPass, double lowPass) throws Exception {
        Map<String, Object> values =
                Schema.of(FilterFactory.class).defaultsWith(Map.of("highPass", highPass, "lowPass", lowPass));
        StreamInfo stream =
                new StreamInfo("eeg", "eeg", "EEG", RATE, List.of(new StreamInfo.Channel("C4", "uV")), false);
        Inputs inputs = new Inputs(Map.of(FilterFactory.PORT, List.of(stream)), Map.of());
        List<Delay> stated = new FilterFactory().delays(new Parameters(values), inputs);
        assertEquals(1, stated.size());
        double carrier = highPass > 0 ? Math.sqrt(highPass * lowPass) : lowPass / 2;
        float[] out = filtered(values, inputs, carrier);
        assertEquals(stated.get(0).seconds(), delay(out, carrier), 0.002);
    }

    private static float[] filtered(Map<String, Object> values, Inputs inputs, double carrier) throws Exception {
        FakeContext context = FakeContext.of(values);
        float[] in = new float[(int) (SECONDS * RATE)];
        for (int i = 0; i < in.length; i++) {
            double t = i / RATE;
            in[i] = (float) (10 * (1 + 0.2 * Math.cos(2 * Math.PI * SWELL * t)) * Math.cos(2 * Math.PI * carrier * t));
        }
        try (SignalProcessor processor = (SignalProcessor) new FilterFactory().create(context)) {
            processor.prepare(inputs, Deadline.in(Duration.ofSeconds(10)));
            processor.start();
            processor.enterPhase(Phases.active("rest", 0, 0, SECONDS));
            processor.samples(FilterFactory.PORT, new SampleBlock("eeg", 0, 0, RATE, 1, in));
        }
        return context.published().blocks(FilterFactory.STREAM).get(0).samples();
    }

    /** By the phase of the swell: the sidebands are the carrier's neighbours, so their phases differ by twice that of the swell. */
    private static double delay(float[] x, double carrier) {
        int from = (int) (8 * RATE);
        double above = phase(x, from, carrier + SWELL);
        double below = phase(x, from, carrier - SWELL);
        double turn = Math.IEEEremainder(below - above, 2 * Math.PI);
        return turn / (2 * Math.PI * 2 * SWELL);
    }

    private static double phase(float[] x, int from, double frequency) {
        double re = 0;
        double im = 0;
        for (int i = from; i < x.length; i++) {
            double angle = 2 * Math.PI * frequency * i / RATE;
            double hann = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i - from) / (x.length - from));
            re += hann * x[i] * Math.cos(angle);
            im -= hann * x[i] * Math.sin(angle);
        }
        return Math.atan2(im, re);
    }
}
