package org.anodyne.formats.xdf;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Where a record goes: bytes appended, then forced to the medium. A seam, so that a test sees the order of both. */
public interface DurableChannel extends Closeable {
    /** Appends all remaining bytes of the buffer. */
    void append(ByteBuffer bytes) throws IOException;

    /** Returns only when everything appended is on the medium. */
    void force() throws IOException;

    /** A channel that appends at the position the file channel has now. */
    static DurableChannel of(FileChannel file) {
        return new DurableChannel() {
            @Override
            public void append(ByteBuffer bytes) throws IOException {
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }

            @Override
            public void force() throws IOException {
                file.force(false);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    /**
     * Makes a new file and its entry in the folder durable.
     *
     * @throws FileAlreadyExistsException when there is one of that name: a record is never overwritten
     */
    static DurableChannel create(Path path) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        XdfChunks.forceFolder(path);
        return of(file);
    }
}
