package org.anodyne.formats;

import java.nio.file.Path;

/** A file that ends too early; what is there of it can be read with {@link Recording.Truncated#ACCEPT}. */
public final class TruncatedException extends FormatException {
    private static final long serialVersionUID = 1L;

    /** As {@link FormatException#FormatException(Path, long, String, String)}. */
    public TruncatedException(Path file, long offset, String what, String whatToDo) {
        super(file, offset, what, whatToDo);
    }
}
