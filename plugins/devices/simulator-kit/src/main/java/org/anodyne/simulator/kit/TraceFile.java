package org.anodyne.simulator.kit;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The trace as a file, one line of JSON for each event; without a path nothing is written. */
final class TraceFile implements Trace, AutoCloseable {

    private final Writer writer;

    /**
     * Begins a new file, over an old one of that name.
     *
     * @throws UncheckedIOException when the file cannot be written
     */
    TraceFile(Optional<Path> path) {
        try {
            writer = path.isPresent() ? new BufferedWriter(Files.newBufferedWriter(path.get())) : Writer.nullWriter();
        } catch (IOException e) {
            throw new UncheckedIOException("The trace cannot be written to " + path.get() + ": name another file", e);
        }
    }

    @Override
    public void line(String json) {
        try {
            writer.write(json);
            writer.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException("The trace cannot be written: look for room on the disk", e);
        }
    }

    /** Hands everything to the operating system, so that a reader and a crash find whole lines. */
    void flush() {
        try {
            writer.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("The trace cannot be written: look for room on the disk", e);
        }
    }

    @Override
    public void close() {
        try {
            writer.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The trace could not be closed: its end may be missing", e);
        }
    }
}
