package org.anodyne.plugins.feedback;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.anodyne.plugin.PluginException;

/**
 * A table of levels: text in UTF-8, a heading, columns parted by tabs (or by commas where the heading has no tab). The
 * column {@code level} is played back; rows with {@code n/a} there, when nothing was shown, are left out. A column
 * {@code onset}, seconds, must rise. A file with any fault is refused whole, with the lines.
 *
 * @param levels from 0 to 1, at least two
 * @param leftOut number of rows without a level
 * @param sha256 of the file, in hexadecimal digits
 */
record SeriesTable(double[] levels, int leftOut, String sha256) {
    /** Ten hours at 10 a second are about 8 MB. */
    private static final long LARGEST = 64L << 20;

    private static final int FAULTS_TOLD = 5;
    private static final String LEVEL = "level";
    private static final String ONSET = "onset";
    private static final String MISSING = "n/a";

    static SeriesTable read(Path file) throws PluginException {
        byte[] bytes;
        try {
            if (Files.isRegularFile(file) && Files.size(file) > LARGEST) {
                throw refused(file, "it has " + Files.size(file) + " bytes, and " + LARGEST + " is the most");
            }
            bytes = Files.readAllBytes(file);
        } catch (IOException e) {
            throw new PluginException(
                    "feedback: the series " + file.toAbsolutePath() + " cannot be read: " + e.getMessage()
                            + ". Give the path of a table as it is seen from where the platform was started.",
                    e);
        }
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw refused(file, "it is no text in UTF-8");
        }
        return new Reading(file).table(text, hash(bytes));
    }

    private static String hash(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-256", e);
        }
    }

    private static PluginException refused(Path file, String why) {
        return new PluginException("feedback: the series " + file.toAbsolutePath() + " cannot be used: " + why + ".");
    }

    /** One pass over the lines. */
    private static final class Reading {
        private final Path file;
        private final List<String> faults = new ArrayList<>();
        private int faultCount;
        private double[] levels = new double[256];
        private int size;
        private int leftOut;
        private double lastOnset = Double.NEGATIVE_INFINITY;

        Reading(Path file) {
            this.file = file;
        }

        SeriesTable table(String text, String sha256) throws PluginException {
            // A mark at the beginning that some programs write.
            List<String> lines = (text.startsWith("\uFEFF") ? text.substring(1) : text)
                    .lines()
                    .toList();
            if (lines.isEmpty()) {
                throw refused(file, "it is empty");
            }
            String separator = lines.get(0).indexOf('\t') >= 0 ? "\t" : ",";
            List<String> heading = Arrays.asList(lines.get(0).split(separator, -1));
            int level = heading.indexOf(LEVEL);
            if (level < 0 || heading.lastIndexOf(LEVEL) != level) {
                throw refused(file, "line 1 should name one column 'level', but is '" + shown(lines.get(0)) + "'");
            }
            int onset = heading.indexOf(ONSET);
            for (int i = 1; i < lines.size(); i++) {
                String[] cells = lines.get(i).split(separator, -1);
                if (cells.length != heading.size()) {
                    fault(i, "has " + cells.length + " columns, and the heading " + heading.size());
                    continue;
                }
                if (onset >= 0) {
                    onset(i, cells[onset]);
                }
                level(i, cells[level]);
            }
            if (faultCount > 0) {
                throw refused(
                        file,
                        String.join("; ", faults)
                                + (faultCount > FAULTS_TOLD ? "; and " + (faultCount - FAULTS_TOLD) + " more" : ""));
            }
            if (size < 2) {
                throw refused(file, "it has " + size + " levels, and a series needs two at least");
            }
            return new SeriesTable(Arrays.copyOf(levels, size), leftOut, sha256);
        }

        private void onset(int line, String cell) {
            double time = number(cell);
            if (!Double.isFinite(time)) {
                fault(line, "has the onset '" + shown(cell) + "', which is no number");
            } else if (time <= lastOnset) {
                fault(line, "has the onset " + cell + ", which is not later than that of the line before");
            } else {
                lastOnset = time;
            }
        }

        private void level(int line, String cell) {
            if (cell.equals(MISSING)) {
                leftOut++;
                return;
            }
            double value = number(cell);
            if (!(value >= 0 && value <= 1)) {
                fault(line, "has the level '" + shown(cell) + "', which is no number from 0 to 1");
                return;
            }
            if (size == levels.length) {
                levels = Arrays.copyOf(levels, 2 * size);
            }
            levels[size++] = value;
        }

        private void fault(int index, String what) {
            faultCount++;
            if (faults.size() < FAULTS_TOLD) {
                faults.add("line " + (index + 1) + " " + what);
            }
        }

        private static double number(String cell) {
            // Java would take '1d' and '0x1p3' for numbers, too.
            return cell.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
                    ? Double.parseDouble(cell)
                    : Double.NaN;
        }

        private static String shown(String text) {
            return text.length() > 40 ? text.substring(0, 40) + "…" : text;
        }
    }
}
