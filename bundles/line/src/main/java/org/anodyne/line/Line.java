package org.anodyne.line;

import java.io.IOException;

/** A line to a device. Never blocks. Thread: its owner, except for {@link #close}. */
public interface Line extends AutoCloseable {
    /**
     * Reads what is there without waiting.
     *
     * @return number of bytes, 0 when there are none
     * @throws IOException when the line is gone
     */
    int read(byte[] into) throws IOException;

    /**
     * Writes all of it.
     *
     * @throws IOException when the line is gone or takes no more
     */
    void write(byte[] bytes) throws IOException;

    /** Closes the line. Thread: any; idempotent. */
    @Override
    void close();
}
