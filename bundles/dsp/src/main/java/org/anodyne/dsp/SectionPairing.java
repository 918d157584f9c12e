package org.anodyne.dsp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.hipparchus.complex.Complex;

/**
 * Groups zeros and poles into second-order sections the way scipy.signal.zpk2sos does with pairing 'nearest': the poles nearest the
 * unit circle come last, each with the zeros nearest to it. That keeps the peaks inside the cascade low.
 */
final class SectionPairing {
    private static final double TOLERANCE = 100 * Math.ulp(1.0);

    private SectionPairing() {}

    /** Only one of two conjugates is kept; the counts of real zeros and of real poles are even once an odd total is filled up. */
    static Sos pair(List<Complex> zeros, List<Complex> poles, double gain) {
        boolean odd = poles.size() % 2 == 1;
        List<Complex> z = upperHalf(zeros);
        List<Complex> p = upperHalf(poles);
        if (odd) {
            z.add(Complex.ZERO);
            p.add(Complex.ZERO);
        }
        double[][] sections = new double[(poles.size() + 1) / 2][];
        for (int i = sections.length - 1; i >= 0; i--) {
            Complex p1 = p.remove(worst(p, false));
            Complex p2 = real(p1) ? p.remove(worst(p, true)) : p1.conjugate();
            Complex z1 = z.remove(nearest(z, p1, false));
            Complex z2 = real(z1) ? z.remove(nearest(z, p1, true)) : z1.conjugate();
            sections[i] = new double[] {
                1, -z1.add(z2).getReal(), z1.multiply(z2).getReal(),
                1, -p1.add(p2).getReal(), p1.multiply(p2).getReal()
            };
        }
        for (int c = 0; c < 3; c++) {
            sections[0][c] *= gain;
        }
        return Sos.of(sections);
    }

    private static boolean real(Complex c) {
        return c.getImaginary() == 0;
    }

    private static double abs(Complex c) {
        return Math.sqrt(c.getReal() * c.getReal() + c.getImaginary() * c.getImaginary());
    }

    private static List<Complex> upperHalf(List<Complex> roots) {
        Comparator<Complex> order =
                Comparator.comparingDouble(Complex::getReal).thenComparingDouble(Complex::getImaginary);
        List<Complex> complex = new ArrayList<>();
        List<Complex> real = new ArrayList<>();
        for (Complex root : roots) {
            if (Math.abs(root.getImaginary()) <= TOLERANCE * abs(root)) {
                real.add(new Complex(root.getReal()));
            } else if (root.getImaginary() > 0) {
                complex.add(root);
            }
        }
        complex.sort(order);
        real.sort(order);
        complex.addAll(real);
        return complex;
    }

    private static int worst(List<Complex> poles, boolean onlyReal) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < poles.size(); i++) {
            double distance = Math.abs(1 - abs(poles.get(i)));
            if (distance < least && (!onlyReal || real(poles.get(i)))) {
                best = i;
                least = distance;
            }
        }
        return best;
    }

    private static int nearest(List<Complex> zeros, Complex pole, boolean onlyReal) {
        int best = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < zeros.size(); i++) {
            double distance = abs(zeros.get(i).subtract(pole));
            if (distance < least && (!onlyReal || real(zeros.get(i)))) {
                best = i;
                least = distance;
            }
        }
        return best;
    }
}
