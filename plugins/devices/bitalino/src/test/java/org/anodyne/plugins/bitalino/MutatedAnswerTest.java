package org.anodyne.plugins.bitalino;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.anodyne.line.Line;
import org.anodyne.line.Receiver;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.tck.Damage;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

/** The adapter itself, at a device in memory that says one thing wrong: its version, its state, or a frame. */
class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int FRAMES = 40;
    private static final int NOTHING = -1;
    private static final Map<String, Object> PARAMETERS =
            Schema.of(BitalinoFactory.class).defaultsWith(Map.of("inputs", Map.of("A1", "RAW")));
    private static final byte[][] SOUND =
            IntStream.range(0, 16).mapToObj(FrameTest::frame).toArray(byte[][]::new);
    private static final byte[] STATE = HexFormat.of().parseHex("0002000200020002000200023002" + "0064c2");

    /** A device that answers at once, all on the thread that asks. */
    private static final class Device implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final SplittableRandom random;
        private final int struck;
        private int said;
        private boolean started;
        private boolean streaming;

        Device(int struck, SplittableRandom random) {
            this.struck = struck;
            this.random = random;
        }

        void say(byte[] sound) {
            byte[] bytes = said++ == struck ? Damage.of(sound, random) : sound;
            for (byte each : bytes) {
                toHost.add(each);
            }
        }

        @Override
        public int read(byte[] into) {
            int count = 0;
            while (count < into.length && !toHost.isEmpty()) {
                into[count++] = toHost.remove();
            }
            return count;
        }

        @Override
        public void close() {
            // Nothing is open.
        }

        @Override
        public void write(byte[] bytes) {
            assertEquals(1, bytes.length);
            switch (bytes[0] & 0xFF) {
                case 0xFF -> streaming = false;
                case 0x07 -> say("BITalino_v5.2\n".getBytes(StandardCharsets.US_ASCII));
                case 0x0B -> say(STATE);
                case 0xC3 -> {
                    // 1000 Hz is taken without a word.
                }
                case 0x05 -> {
                    started = true;
                    streaming = true;
                    for (int i = 0; i < FRAMES; i++) {
                        say(SOUND[i & 0x0F]);
                    }
                }
                default ->
                    throw new AssertionError(
                            "the adapter said " + HexFormat.of().formatHex(bytes));
            }
        }
    }

    @Test
    void tenThousandMutatedAnswersAreAFaultOrSamples() throws Exception {
        SplittableRandom random = new SplittableRandom(41);
        int faults = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            // Frames are cut as FrameTest has it; here half of the damage is to answers.
            int struck = random.nextBoolean() ? random.nextInt(2) : 2 + random.nextInt(FRAMES);
            faults += once(new Device(struck, random.split()), struck) ? 1 : 0;
        }
        assertTrue(faults > MUTATIONS / 5 && faults < MUTATIONS, faults + " faults");
    }

    /** Whether it was a fault; it always ends in a device that does not stream, and the adapter can begin anew. */
    private static boolean once(Device device, int struck) throws Exception {
        FakeContext context = FakeContext.of(PARAMETERS).with("tcp:127.0.0.1:1");
        BitalinoSource source = new BitalinoSource(context, "");
        source.start();
        source.enterPhase(Phases.active("only", 0, 0, 1000));
        boolean fault = run(source, device);
        if (fault && struck < 2) {
            assertFalse(device.started, "started after a wrong answer");
        }
        for (SampleBlock block : context.published().blocks("misc")) {
            for (int i = 0; i < block.length(); i++) {
                assertTrue(block.at(i, 0) >= 0 && block.at(i, 0) <= 1023, "beyond ten bits: " + block.at(i, 0));
            }
        }
        assertFalse(device.streaming);
        if (fault) {
            assertEquals(1, context.published().events("device-lost").size());
            // A machine that stands still for seconds lets a sound device be late, too.
            for (int i = 0; i < 20 && context.published().events("device-back").isEmpty(); i++) {
                run(source, new Device(NOTHING, new SplittableRandom(1)));
            }
            assertEquals(1, context.published().events("device-back").size(), "not back after answer " + struck);
        }
        source.close();
        return fault;
    }

    /** Lets the owner's part of the adapter talk to the device until there is nothing more; whether it gave up. */
    private static boolean run(BitalinoSource source, Device device) throws InterruptedException, IOException {
        Receiver line = Receiver.over(device);
        byte[] buffer = new byte[16];
        boolean fault = false;
        try {
            source.begin(line);
            for (int count = device.read(buffer); count > 0; count = device.read(buffer)) {
                source.received(buffer, count);
                source.idle();
            }
        } catch (IOException e) {
            assertFalse(e.getMessage().isBlank());
            source.lost(e.getMessage());
            fault = true;
        }
        source.end(line);
        return fault;
    }
}
