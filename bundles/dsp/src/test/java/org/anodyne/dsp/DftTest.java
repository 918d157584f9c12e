package org.anodyne.dsp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class DftTest {
    @Test
    void everySmallLengthAgreesWithTheDefinition() {
        for (int n = 1; n <= 70; n++) {
            double[] a = Signals.noise(n, 11);
            double[] b = Signals.noise(n, 12);
            double[] re = a.clone();
            double[] im = b.clone();
            Dft dft = Dft.ofLength(n);
            dft.forward(re, im);
            for (int k = 0; k < n; k++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int j = 0; j < n; j++) {
                    double angle = -2 * Math.PI * ((long) j * k % n) / n;
                    double c = StrictMath.cos(angle);
                    double s = StrictMath.sin(angle);
                    sumRe += a[j] * c - b[j] * s;
                    sumIm += a[j] * s + b[j] * c;
                }
                assertEquals(sumRe, re[k], 1e-13, "length " + n + ", bin " + k);
                assertEquals(sumIm, im[k], 1e-13, "length " + n + ", bin " + k);
            }
            dft.inverse(re, im);
            for (int j = 0; j < n; j++) {
                assertEquals(a[j], re[j], 1e-14, "length " + n);
                assertEquals(b[j], im[j], 1e-14, "length " + n);
            }
        }
    }

    @Test
    void realValuesGiveTheSameBins() {
        Random random = new Random(3);
        for (int n : new int[] {2, 3, 4, 5, 6, 7, 10, 16, 250, 255, 1000, 1024}) {
            double[] x = random.doubles(n, -1, 1).toArray();
            double[] re = x.clone();
            double[] im = new double[n];
            Dft.ofLength(n).forward(re, im);
            double[] halfRe = new double[n / 2 + 1];
            double[] halfIm = new double[n / 2 + 1];
            RealDft.ofLength(n).forward(x, halfRe, halfIm);
            for (int k = 0; k <= n / 2; k++) {
                assertEquals(re[k], halfRe[k], 1e-12 * n, n + " values, real part of bin " + k);
                assertEquals(im[k], halfIm[k], 1e-12 * n, n + " values, imaginary part of bin " + k);
            }
        }
    }

    @Test
    void refusesWhatItIsNotPlannedFor() {
        assertThrows(IllegalArgumentException.class, () -> Dft.ofLength(0));
        assertThrows(IllegalArgumentException.class, () -> Dft.ofLength(8).forward(new double[8], new double[7]));
    }
}
