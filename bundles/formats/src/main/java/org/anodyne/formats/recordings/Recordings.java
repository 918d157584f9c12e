package org.anodyne.formats.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.Recording;

/** Finds the format of a file by its first bytes. */
public final class Recordings {
    private Recordings() {}

    /** See {@link Recording#open(Path, Recording.Truncated)}. */
    public static Recording open(Path file, Recording.Truncated truncated) {
        byte[] head;
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(256);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e, e);
        }
        if (head.length == 0) {
            throw new FormatException(file, 0, "the file is empty", "Choose a recording that holds data.");
        }
        if (begins(head, "XDF:")) {
            return new XdfRecording(file, truncated);
        }
        throw new FormatException(
                file,
                0,
                "this is none of the formats read here (XDF, EDF, EDF+, BDF, BDF+, simple text)",
                "Convert the recording to one of them.");
    }

    private static boolean begins(byte[] head, String magic) {
        byte[] bytes = magic.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
        return head.length >= bytes.length && java.util.Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
    }
}
