package org.anodyne.plugins.vr.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.lwjgl.stb.STBTTFontinfo;
import org.lwjgl.stb.STBTruetype;
import org.lwjgl.system.MemoryUtil;

/**
 * The shapes of DejaVu Sans as distances to the outline, which stay sharp at any size: ASCII, Latin-1, Latin Extended-A and a few
 * signs. Made once, which takes some tenths of a second. Thread: any.
 */
public final class Letters {
    private static final String FILE = "/fonts/DejaVuSans.ttf";
    private static final String SIGNS = "–—‘’“”„…•€←→↑↓≤≥−×";
    private static final int UNKNOWN = '?';

    /** Pixels of the texture for one line's height. */
    private static final float PIXELS = 44;
    /** Pixels around a glyph over which the distance is told. */
    private static final int PADDING = 5;

    private static final int ON_EDGE = 128;
    static final int ATLAS = 1024;

    /**
     * A glyph; lengths in line heights, from the pen on the base line, y up.
     *
     * @param u0 left in the texture; so on; equal to {@code u1} where nothing is to be drawn
     */
    record Glyph(
            float left, float bottom, float right, float top, float u0, float v0, float u1, float v1, float advance) {}

    /** Made when it is first asked for, and once. */
    private static final class Once {
        private static final Letters LETTERS = new Letters();
    }

    private final Map<Integer, Glyph> glyphs = new HashMap<>();
    private final byte[] atlas = new byte[ATLAS * ATLAS];
    private int penX;
    private int penY;
    private int rowHeight;

    private Letters() {
        ByteBuffer file = load();
        try (STBTTFontinfo info = STBTTFontinfo.malloc()) {
            if (!STBTruetype.stbtt_InitFont(info, file)) {
                throw new IllegalStateException(FILE + " in the display's bundle is no font; build the bundle again");
            }
            float scale = STBTruetype.stbtt_ScaleForPixelHeight(info, PIXELS);
            all().forEach(c -> glyphs.put(c, add(info, scale, c)));
        } finally {
            MemoryUtil.memFree(file);
        }
    }

    private static IntStream all() {
        return IntStream.concat(
                IntStream.concat(IntStream.rangeClosed(0x20, 0x7E), IntStream.rangeClosed(0xA0, 0x17F)),
                SIGNS.codePoints());
    }

    /** Makes them now, so that nobody waits later. */
    public static void prepare() {
        get();
    }

    static Letters get() {
        return Once.LETTERS;
    }

    /** The characters of a text that there are no letters for, each once; empty when all can be written. */
    public static String missing(String text) {
        return text.codePoints()
                .filter(c -> all().noneMatch(known -> known == c))
                .distinct()
                .mapToObj(Character::toString)
                .collect(Collectors.joining(" "));
    }

    private static ByteBuffer load() {
        try (InputStream in = Letters.class.getResourceAsStream(FILE)) {
            if (in == null) {
                throw new IllegalStateException(FILE + " is missing in the display's bundle; build the bundle again");
            }
            byte[] bytes = in.readAllBytes();
            return MemoryUtil.memAlloc(bytes.length).put(bytes).flip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Glyph add(STBTTFontinfo info, float scale, int code) {
        int[] advance = new int[1];
        int[] bearing = new int[1];
        STBTruetype.stbtt_GetCodepointHMetrics(info, code, advance, bearing);
        float ahead = advance[0] * scale / PIXELS;
        int[] w = new int[1];
        int[] h = new int[1];
        int[] x = new int[1];
        int[] y = new int[1];
        ByteBuffer distances = STBTruetype.stbtt_GetCodepointSDF(
                info, scale, code, PADDING, (byte) ON_EDGE, (float) ON_EDGE / PADDING, w, h, x, y);
        if (distances == null) {
            return new Glyph(0, 0, 0, 0, 0, 0, 0, 0, ahead);
        }
        if (penX + w[0] > ATLAS) {
            penX = 0;
            penY += rowHeight;
            rowHeight = 0;
        }
        if (penY + h[0] > ATLAS) {
            throw new IllegalStateException("the letters do not fit into a texture of " + ATLAS + " × " + ATLAS);
        }
        for (int row = 0; row < h[0]; row++) {
            for (int column = 0; column < w[0]; column++) {
                atlas[(penY + row) * ATLAS + penX + column] = distances.get(row * w[0] + column);
            }
        }
        STBTruetype.stbtt_FreeSDF(distances);
        Glyph glyph = new Glyph(
                x[0] / PIXELS,
                -(y[0] + h[0]) / PIXELS,
                (x[0] + w[0]) / PIXELS,
                -y[0] / PIXELS,
                (float) penX / ATLAS,
                (float) (penY + h[0]) / ATLAS,
                (float) (penX + w[0]) / ATLAS,
                (float) penY / ATLAS,
                ahead);
        penX += w[0];
        rowHeight = Math.max(rowHeight, h[0]);
        return glyph;
    }

    /** The glyph of a character; that of a question mark for one that is not there. */
    Glyph glyph(int code) {
        Glyph g = glyphs.get(code);
        return g == null ? glyphs.get(UNKNOWN) : g;
    }

    /** Distances, a byte a pixel, {@link #ATLAS} squared. */
    byte[] atlas() {
        return atlas;
    }
}
