package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** The same bits on every JDK: a recording analysed again years later gives the same report. */
class DeterminismTest {
    @Test
    void resultsHaveTheSameBitsOnEveryJdk() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        double[] x = Signals.eeg();
        add(digest, Welch.psd(x, 125, 500, 250).densities());
        add(digest, Welch.psd(x, 125, 512, 256).densities());
        add(digest, Descriptive.envelope(x));
        for (int order = 1; order <= 8; order++) {
            add(digest, Butterworth.lowPass(order, 5, 1000));
            add(digest, Butterworth.highPass(order, 0.05, 25));
            add(digest, Butterworth.bandPass(order, 8, 13, 125));
            add(digest, Butterworth.bandStop(order, 45, 55, 250));
            add(digest, Butterworth.bandPass(order, 8, 13, 125).filter().filter(x));
        }
        add(digest, Butterworth.notch(50, 30, 250));
        ScrDetector detector = new ScrDetector(ScrSettings.of(100, 0.01));
        for (ScrEvent e : detector.add(Signals.eda())) {
            add(digest, e.onset(), e.peak(), e.amplitude(), e.conductanceRise(), e.tonic());
        }
        digest.update(detector.state());
        assertEquals(
                "2d3e877610652d968c3bb3477ac09efaf7ca2be4ba534e40cc955dc157049be5",
                HexFormat.of().formatHex(digest.digest()),
                "A result changed in at least one bit. If that was meant, say so in the changelog: stored analyses change.");
    }

    private static void add(MessageDigest digest, Sos design) {
        for (int s = 0; s < design.size(); s++) {
            add(digest, design.section(s));
        }
    }

    private static void add(MessageDigest digest, double... values) {
        ByteBuffer bytes = ByteBuffer.allocate(8 * values.length);
        for (double value : values) {
            bytes.putDouble(value);
        }
        digest.update(bytes.array());
    }
}
