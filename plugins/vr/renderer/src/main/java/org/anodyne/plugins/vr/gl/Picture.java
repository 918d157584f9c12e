package org.anodyne.plugins.vr.gl;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A picture that was read back.
 *
 * @param rgba 4 bytes a pixel, from the bottom line up
 */
public record Picture(int width, int height, byte[] rgba) {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    /** Two beside each other, of one height. */
    public Picture beside(Picture other) {
        byte[] both = new byte[4 * height * (width + other.width)];
        for (int y = 0; y < height; y++) {
            System.arraycopy(rgba, 4 * y * width, both, 4 * y * (width + other.width), 4 * width);
            System.arraycopy(
                    other.rgba, 4 * y * other.width, both, 4 * (y * (width + other.width) + width), 4 * other.width);
        }
        return new Picture(width + other.width, height, both);
    }

    /** Every {@code by}-th pixel of every {@code by}-th line, averaged over what lies between. */
    public Picture smaller(int by) {
        int w = width / by;
        int h = height / by;
        byte[] small = new byte[4 * w * h];
        for (int y = 0; y < h; y++) {
            for (int x = 0; x < w; x++) {
                for (int c = 0; c < 4; c++) {
                    int sum = 0;
                    for (int v = 0; v < by; v++) {
                        for (int u = 0; u < by; u++) {
                            sum += rgba[4 * ((y * by + v) * width + x * by + u) + c] & 0xFF;
                        }
                    }
                    small[4 * (y * w + x) + c] = (byte) (sum / (by * by));
                }
            }
        }
        return new Picture(w, h, small);
    }

    /**
     * As PNG, 8 bits, no alpha. ImageIO would do it too, but it loads the window system beside GLFW's, which fails where only
     * parts of X are installed.
     */
    public byte[] png() {
        byte[] raw = new byte[height * (1 + 3 * width)];
        int i = 0;
        for (int y = height - 1; y >= 0; y--) {
            raw[i++] = 0;
            for (int x = 0; x < width; x++) {
                int from = 4 * (y * width + x);
                raw[i++] = rgba[from];
                raw[i++] = rgba[from + 1];
                raw[i++] = rgba[from + 2];
            }
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.write(SIGNATURE);
            ByteArrayOutputStream header = new ByteArrayOutputStream();
            DataOutputStream head = new DataOutputStream(header);
            head.writeInt(width);
            head.writeInt(height);
            head.write(new byte[] {8, 2, 0, 0, 0});
            chunk(out, "IHDR", header.toByteArray());
            chunk(out, "IDAT", deflated(raw));
            chunk(out, "IEND", new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] deflated(byte[] raw) {
        Deflater deflater = new Deflater(6);
        try {
            deflater.setInput(raw);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] buffer = new byte[65536];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(DataOutputStream out, String type, byte[] data) throws IOException {
        byte[] name = type.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        out.writeInt(data.length);
        out.write(name);
        out.write(data);
        out.writeInt((int) crc.getValue());
    }
}
