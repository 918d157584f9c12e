package org.anodyne.plugin;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What an instance gives its successor when it is replaced in a running session.
 *
 * @param format name of the format, chosen by the plug-in; a successor refuses a name it does not know
 * @param version version of the format
 * @param bytes the state; must let a successor of the same version continue bit for bit
 */
public record HandOver(String format, int version, byte[] bytes) {
    /** Writes the state. */
    @FunctionalInterface
    public interface Writer {
        void write(DataOutputStream out) throws IOException;
    }

    /** Reads a state. */
    @FunctionalInterface
    public interface Reader {
        /**
         * Reads everything and changes nothing yet. What it throws, {@link IllegalArgumentException} included, refuses
         * the state.
         *
         * @return puts what was read into place; run only when nothing was left unread
         */
        Runnable read(DataInputStream in) throws IOException;
    }

    /** A hand-over whose bytes are what the writer writes. */
    public static HandOver of(String format, int version, Writer state) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            state.write(out);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return new HandOver(format, version, bytes.toByteArray());
    }

    /**
     * Takes the state over when it is of this format and version and whole.
     *
     * @return whether it was taken; if not, nothing has changed
     */
    public boolean restore(String format, int version, Reader state) {
        if (!this.format.equals(format) || this.version != version) {
            return false;
        }
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
            Runnable put = state.read(in);
            if (in.read() >= 0) {
                return false;
            }
            put.run();
            return true;
        } catch (IOException | IllegalArgumentException | NegativeArraySizeException e) {
            // Damaged, or made with other settings: the successor begins afresh.
            return false;
        }
    }
}
