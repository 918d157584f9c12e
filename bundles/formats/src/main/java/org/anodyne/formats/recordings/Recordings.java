package org.anodyne.formats.recordings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeParseException;
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
        boolean bdf = (head[0] & 0xFF) == 0xFF && begins(head, "\u00FFBIOSEMI");
        if (bdf || begins(head, "0       ")) {
            return new EdfRecording(file, truncated);
        }
        if (looksLikeText(head)) {
            return new TextRecording(file);
        }
        throw new FormatException(
                file,
                0,
                "this is none of the formats read here (XDF, EDF, EDF+, BDF, BDF+, simple text)",
                "Convert the recording to one of them.");
    }

    /** A comment or a number at the beginning, and no control characters. */
    private static boolean looksLikeText(byte[] head) {
        String text = new String(head, StandardCharsets.ISO_8859_1);
        String start = (text.startsWith("\u00EF\u00BB\u00BF") ? text.substring(3) : text).stripLeading();
        boolean control = text.chars().anyMatch(c -> c < 0x20 && c != '\n' && c != '\r' && c != '\t');
        return !control && start.matches("(?s)(#|[-+.]?[0-9]|(?i:nan)).*");
    }

    /** A local date and time such as 2021-07-18T23:58:26, whatever follows; null when it is none. */
    static LocalDateTime time(String text) {
        try {
            return text.length() < 19 ? null : LocalDateTime.parse(text.substring(0, 19));
        } catch (DateTimeParseException none) {
            return null;
        }
    }

    private static boolean begins(byte[] head, String magic) {
        byte[] bytes = magic.getBytes(StandardCharsets.ISO_8859_1);
        return head.length >= bytes.length && java.util.Arrays.equals(head, 0, bytes.length, bytes, 0, bytes.length);
    }
}
