package org.anodyne.plugins.filter;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anodyne.dsp.Sos;
import org.anodyne.dsp.SosBank;
import org.anodyne.dsp.spatial.Reference;
import org.anodyne.plugin.signal.SampleBlock;

/** The running filters of one stream, and its reference. Allocates nothing per block but the block that leaves. */
final class Chain {
    private final double rateHz;
    private final Layout layout;
    private final List<SosBank> banks = new ArrayList<>();
    private final Optional<Reference> reference;

    /** The newest finite value of each channel: what a filter gets in the place of a value that is not finite. */
    private final double[] newest;

    private boolean settled;
    private double[] work = new double[0];

    Chain(double rateHz, Layout layout, List<Sos> designs) {
        this.rateHz = rateHz;
        this.layout = layout;
        this.reference = layout.made();
        this.newest = new double[layout.channels()];
        designs.forEach(design -> banks.add(new SosBank(design, layout.channels())));
    }

    double rateHz() {
        return rateHz;
    }

    int channels() {
        return layout.channels();
    }

    /** Begins anew with the next block, as after a gap. */
    void gap() {
        settled = false;
    }

    /** The block's samples filtered and referenced, in an array of their own. */
    float[] apply(SampleBlock block) {
        float[] in = block.samples();
        int channels = layout.channels();
        if (!settled) {
            settle(block);
        }
        if (work.length < in.length) {
            work = new double[in.length];
        }
        for (int i = 0, c = 0; i < in.length; i++, c = c + 1 == channels ? 0 : c + 1) {
            if (Float.isFinite(in[i])) {
                newest[c] = in[i];
            }
            work[i] = newest[c];
        }
        for (SosBank bank : banks) {
            bank.filter(work, block.length());
        }
        if (reference.isPresent()) {
            reference.get().apply(work, block.length());
        }
        float[] out = new float[in.length];
        for (int i = 0, c = 0; i < in.length; i++, c = c + 1 == channels ? 0 : c + 1) {
            out[i] = !layout.touched()[c] ? in[i] : Float.isFinite(in[i]) ? (float) work[i] : Float.NaN;
        }
        return out;
    }

    /** Each filter as if its first value had been there for ever, so that an offset makes no transient. */
    private void settle(SampleBlock block) {
        for (int c = 0; c < newest.length; c++) {
            newest[c] = 0;
            for (int i = block.length() - 1; i >= 0; i--) {
                float value = block.at(i, c);
                newest[c] = Float.isFinite(value) ? value : newest[c];
            }
        }
        double[] level = newest.clone();
        for (SosBank bank : banks) {
            bank.settle(level);
            level = passed(bank.design(), level);
        }
        settled = true;
    }

    /** What a filter gives of values that have been there for ever. */
    private static double[] passed(Sos design, double[] level) {
        double[] out = level.clone();
        for (int s = 0; s < design.size(); s++) {
            double[] k = design.section(s);
            for (int c = 0; c < out.length; c++) {
                out[c] *= (k[0] + k[1] + k[2]) / (1 + k[4] + k[5]);
            }
        }
        return out;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeDouble(rateHz);
        out.writeInt(channels());
        out.writeBoolean(settled);
        for (double value : newest) {
            out.writeDouble(value);
        }
        out.writeInt(banks.size());
        for (SosBank bank : banks) {
            byte[] state = bank.state();
            out.writeInt(state.length);
            out.write(state);
        }
    }

    /** Reads what {@link #write} wrote after rate and channels. */
    void read(DataInputStream in) throws IOException {
        settled = in.readBoolean();
        for (int c = 0; c < newest.length; c++) {
            newest[c] = in.readDouble();
        }
        int count = in.readInt();
        if (count != banks.size()) {
            throw new IOException("it holds " + count + " filters instead of " + banks.size());
        }
        for (SosBank bank : banks) {
            bank.restore(in.readNBytes(in.readInt()));
        }
    }
}
