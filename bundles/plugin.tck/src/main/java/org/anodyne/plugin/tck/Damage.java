package org.anodyne.plugin.tck;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages what a device says, for tests that an adapter takes nothing damaged for sound and hangs at nothing. */
public final class Damage {
    private static final int KINDS = 7;
    private static final int MOST_NOISE = 64;

    private Damage() {}

    /**
     * The bytes with one to three things done to them: a bit flipped, a byte changed, lost, doubled or put in, the end cut
     * off, or all of it replaced by noise.
     *
     * @param sound what the device would have said; left as it is
     * @param random decides; the same seed damages alike
     * @return mostly other bytes, of any length; two damages may cancel each other
     */
    public static byte[] of(byte[] sound, RandomGenerator random) {
        byte[] bytes = sound.clone();
        for (int n = random.nextInt(3); n >= 0; n--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, RandomGenerator random) {
        int kind = random.nextInt(KINDS);
        if (bytes.length == 0 || kind == KINDS - 1) {
            byte[] noise = new byte[random.nextInt(MOST_NOISE)];
            random.nextBytes(noise);
            return noise;
        }
        int at = random.nextInt(bytes.length);
        return switch (kind) {
            case 0 -> replaced(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> replaced(bytes, at, (byte) random.nextInt(256));
            case 2 -> joined(bytes, at, at + 1);
            case 3 -> joined(bytes, at + 1, at);
            case 4 -> joined(bytes, at, at, (byte) random.nextInt(256));
            default -> Arrays.copyOf(bytes, at);
        };
    }

    private static byte[] replaced(byte[] bytes, int at, byte value) {
        byte[] changed = bytes.clone();
        changed[at] = value;
        return changed;
    }

    /** The bytes up to one place, these, and the bytes from another place on. */
    private static byte[] joined(byte[] bytes, int to, int from, byte... between) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, to);
        out.writeBytes(between);
        out.write(bytes, from, bytes.length - from);
        return out.toByteArray();
    }
}
