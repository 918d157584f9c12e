package org.anodyne.plugins.bitalino;

import java.util.function.Consumer;

/**
 * Cuts the stream of bytes into frames. In step, a frame counts when its CRC is good. After a bad one the next three frames in a
 * row with good CRC and rising sequence are looked for byte by byte, since a CRC of four bits lets one sixteenth of garbage
 * pass. Thread: one at a time.
 */
final class FrameParser {
    private static final int ROW = 3;

    private final int inputs;
    private final int length;
    private final byte[] held;
    private final Consumer<Frame> frames;
    private int count;
    private boolean inStep;
    private long skipped;

    /** A parser of frames with so many inputs. */
    FrameParser(int inputs, Consumer<Frame> frames) {
        this.inputs = inputs;
        this.length = Frame.length(inputs);
        this.held = new byte[ROW * length];
        this.frames = frames;
    }

    /** Number of bytes that belonged to no frame since the last call. */
    long takeSkipped() {
        long now = skipped;
        skipped = 0;
        return now;
    }

    /** Forgets what is held. */
    void reset() {
        count = 0;
        inStep = false;
        skipped = 0;
    }

    /** Takes the next byte. */
    void next(byte b) {
        held[count++] = b;
        while (inStep && count >= length) {
            inStep = Crc4.holds(held, 0, length);
            if (inStep) {
                take();
            }
        }
        while (!inStep && count == held.length) {
            if (row()) {
                inStep = true;
                for (int i = 0; i < ROW; i++) {
                    take();
                }
            } else {
                skipped++;
                drop(1);
            }
        }
    }

    private boolean row() {
        for (int i = 0; i < ROW; i++) {
            boolean good = Crc4.holds(held, i * length, length);
            boolean rising = i == 0 || (sequence(i - 1) + 1 & 0x0F) == sequence(i);
            if (!good || !rising) {
                return false;
            }
        }
        return true;
    }

    private int sequence(int frame) {
        return held[(frame + 1) * length - 1] >> 4 & 0x0F;
    }

    private void take() {
        frames.accept(Frame.read(held, 0, inputs));
        drop(length);
    }

    private void drop(int bytes) {
        System.arraycopy(held, bytes, held, 0, count - bytes);
        count -= bytes;
    }
}
