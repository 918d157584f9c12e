package org.anodyne.export.bids;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.anodyne.export.facts.Placement;
import org.anodyne.export.signal.SampleSink;
import org.anodyne.plugin.signal.SampleBlock;

/** One stream as a compressed table without heading, as BIDS keeps physiological signals; holes are rows of {@code n/a}. */
final class PhysioFile implements SampleSink {
    private static final int BUFFER = 1 << 16;

    private final Path file;
    private final Writer out;
    private final String missing;

    PhysioFile(Path file, int channels) {
        this.file = file;
        this.missing = "n/a" + "\tn/a".repeat(channels - 1) + "\n";
        try {
            this.out = new BufferedWriter(
                    new OutputStreamWriter(
                            new GZIPOutputStream(Files.newOutputStream(file), BUFFER), StandardCharsets.US_ASCII),
                    BUFFER);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void hole(Placement.Step step) {
        try {
            for (long i = 0; i < step.fill(); i++) {
                out.write(missing);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void block(SampleBlock block, int skip) {
        try {
            for (int i = skip; i < block.length(); i++) {
                for (int c = 0; c < block.channels(); c++) {
                    float v = block.at(i, c);
                    out.write(Float.isFinite(v) ? Float.toString(v) : "n/a");
                    out.write(c + 1 < block.channels() ? '\t' : '\n');
                }
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private UncheckedIOException failed(IOException e) {
        return new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
    }
}
