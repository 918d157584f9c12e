package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.anodyne.dsp.connectivity.EpochConnectivity;
import org.anodyne.dsp.spatial.CommonSpatialPatterns;
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

    @Test
    void laterFunctionsHaveTheSameBitsOnEveryJdk() throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        double[] x = Signals.eeg();
        for (Window window : new Window[] {Window.HAMMING, Window.BLACKMAN, Window.kaiser(6.5)}) {
            add(digest, Welch.psd(x, 125, 500, 250, window).densities());
            add(digest, Fir.bandPass(127, 8, 13, 125, window).taps());
        }
        add(digest, ZeroPhase.filter(Butterworth.bandPass(4, 8, 13, 125), x));
        add(digest, ZeroPhase.filter(Fir.lowPass(64, 13, 125, Window.HAMMING), x));
        add(digest, Butterworth.bandPass(4, 8, 13, 125).groupDelaySamples(10, 125));
        add(digest, new Multitaper(125, 5000, 1).psd(x).densities());
        add(digest, Polyphase.of(250, 512).resample(x));
        EpochConnectivity connectivity = EpochConnectivity.ofTwo(125, 500, Window.HANN);
        double[][] epochs = new double[10][];
        for (int e = 0; e < epochs.length; e++) {
            epochs[e] = Arrays.copyOfRange(x, 500 * e, 500 * e + 500);
        }
        for (int e = 1; e < epochs.length; e++) {
            connectivity.add(epochs[e - 1], epochs[e]);
        }
        add(digest, connectivity.coherence(8, 13).orElseThrow());
        add(digest, connectivity.debiasedWpliSquared(8, 13).orElseThrow());
        CommonSpatialPatterns csp = CommonSpatialPatterns.of(
                CommonSpatialPatterns.covariance(new double[][] {epochs[0], epochs[1], epochs[2]}),
                CommonSpatialPatterns.covariance(new double[][] {epochs[3], epochs[4], epochs[5]}));
        for (int k = 0; k < csp.size(); k++) {
            add(digest, csp.share(k));
            add(digest, csp.filter(k));
        }
        assertEquals(
                "fd97425c79199c414de66c2a69c5bc953a9ea98401778654ce8116c3672624c1",
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
