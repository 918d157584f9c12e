package org.anodyne.formats;

import java.nio.file.Path;

/**
 * A file is not what it should be. The message names the file, where in it, what is wrong and what a person can do.
 * Thrown by every reader of this bundle; never stands for a failing disk (that is {@link java.io.UncheckedIOException}).
 */
public class FormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Path file;
    private final long offset;
    private final String what;
    private final String whatToDo;

    /**
     * @param file the file, or null when the content did not come from one
     * @param offset byte where the fault was seen, or -1 when it concerns the whole file
     * @param what what is wrong, without a full stop
     * @param whatToDo what a person can do about it, a whole sentence
     */
    public FormatException(Path file, long offset, String what, String whatToDo) {
        super(message(file, offset, what, whatToDo));
        this.file = file;
        this.offset = offset;
        this.what = what;
        this.whatToDo = whatToDo;
    }

    private static String message(Path file, long offset, String what, String whatToDo) {
        String place = offset < 0 ? "" : " (at byte " + offset + ")";
        return (file == null ? "input" : file.toString()) + ": " + what + place + ". " + whatToDo;
    }

    /** The file, or null. */
    public Path file() {
        return file;
    }

    /** Byte where the fault was seen, or -1. */
    public long offset() {
        return offset;
    }

    /** What is wrong. */
    public String what() {
        return what;
    }

    /** What a person can do about it. */
    public String whatToDo() {
        return whatToDo;
    }
}
