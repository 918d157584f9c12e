package org.anodyne.formats.text;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.anodyne.formats.FormatException;

/**
 * A recording in the simple text format: lines {@code # key:= value} with at least {@code Sampling Rate (Hz)}, and one line per
 * sample with one number per signal, separated by tab, blank, comma or semicolon. Held in memory.
 *
 * @param file where it came from
 * @param rate samples per second
 * @param labels name of each signal; {@code column 1} and so on where the file gives none
 * @param channels per signal its samples, in the unit of the file, which the format does not tell
 * @param header all header lines by key, in order; of a repeated key the first
 * @param nanSamples numbers that are NaN
 * @param warnings what was odd, each a sentence for a person
 */
public record SimpleText(
        Path file,
        double rate,
        List<String> labels,
        double[][] channels,
        Map<String, String> header,
        long nanSamples,
        List<String> warnings) {
    /** Largest file that is read, in bytes. */
    public static final long MAX_BYTES = 1L << 30;

    /**
     * Reads a file.
     *
     * @throws FormatException when it is empty, does not end with a line break, holds no samples or only NaN, tells no or no usable sampling rate, or has a line
     *     that is not numbers or not as many as the others; it names the line
     * @throws UncheckedIOException when it cannot be read
     */
    public static SimpleText read(Path file) {
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw new FormatException(file, 0, "the file is empty", "Choose a recording that holds data.");
            }
            if (size > MAX_BYTES) {
                throw new FormatException(
                        file, -1, "the file is larger than 1 GiB, too large for text", "Convert it to EDF or XDF.");
            }
            if (!endsWithLine(file, size)) {
                throw new FormatException(
                        file,
                        size,
                        "the last line has no end, so the file may have been cut off in the middle of a number",
                        "Copy it again; if it is complete, add a line break at its end.");
            }
            // Headers of such files come in any encoding; Latin-1 never fails and leaves numbers as they are.
            try (BufferedReader lines = new BufferedReader(
                    new InputStreamReader(Files.newInputStream(file), StandardCharsets.ISO_8859_1), 1 << 16)) {
                SimpleTextParser parser = new SimpleTextParser(file);
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    parser.line(line);
                }
                return parser.finish();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read: " + e, e);
        }
    }

    private static boolean endsWithLine(Path file, long size) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(size - 1).read(last);
            return last.get(0) == '\n' || last.get(0) == '\r';
        }
    }

    /** Number of samples of each signal. */
    public int samples() {
        return channels[0].length;
    }
}
