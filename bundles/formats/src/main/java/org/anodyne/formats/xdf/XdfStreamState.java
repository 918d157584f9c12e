package org.anodyne.formats.xdf;

import java.util.ArrayList;
import java.util.List;

/** What a writer knows of a stream it writes, for checks and for the footer. */
final class XdfStreamState {
    final XdfStreamHeader header;
    final List<double[]> offsets = new ArrayList<>();
    double first = Double.NaN;
    double last = Double.NaN;
    long count;
    boolean closed;

    XdfStreamState(XdfStreamHeader header) {
        this.header = header;
    }

    void saw(XdfSamples block) {
        double[] stamps = block.stamps();
        saw(stamps.length, stamps);
    }

    /** Counts samples; of the stamps only the first and the last matter. */
    void saw(int samples, double[] stamps) {
        if (samples > 0) {
            if (count == 0) {
                first = stamps[0];
            }
            last = stamps[stamps.length - 1];
            count += samples;
        }
    }

    void check(XdfSamples block) {
        if (closed) {
            throw new IllegalStateException("stream " + block.streamId() + " (" + header.name() + ") is closed");
        }
        if (block.count() == 0) {
            throw new IllegalArgumentException("stream " + header.name() + ": a block needs at least one sample");
        }
        if (block.channels() != header.channelCount() || block.values().format() != header.format()) {
            throw new IllegalArgumentException("stream " + header.name() + " takes " + header.channelCount()
                    + " channels of " + header.format().xdfName() + ", not " + block.channels() + " of "
                    + block.values().format().xdfName());
        }
        if (block.firstStampOnly() && block.count() > 1 && header.nominalRate() == 0) {
            throw new IllegalArgumentException(
                    "stream " + header.name() + " is irregular: every sample needs its own stamp");
        }
    }

    String footer() {
        XdfXml.Writer xml = new XdfXml.Writer()
                .open("info")
                .leaf("writer", XdfWriter.WRITER_NAME)
                .leaf("first_timestamp", count == 0 ? "0" : Double.toString(first))
                .leaf("last_timestamp", count == 0 ? "0" : Double.toString(last))
                .leaf("sample_count", Long.toString(count))
                .leaf("measured_srate", XdfXml.number(last > first ? (count - 1) / (last - first) : 0))
                .open("clock_offsets");
        for (double[] offset : offsets) {
            xml.open("offset").leaf("time", Double.toString(offset[0]));
            xml.leaf("value", Double.toString(offset[1])).close("offset");
        }
        return xml.close("clock_offsets").close("info").toString();
    }
}
