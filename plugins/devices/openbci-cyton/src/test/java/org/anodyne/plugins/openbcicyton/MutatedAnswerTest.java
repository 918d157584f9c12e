package org.anodyne.plugins.openbcicyton;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.line.Line;
import org.anodyne.line.Receiver;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.tck.Damage;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

/** The adapter itself, at a board in memory that says one thing wrong: banner, answer to a setting, or packet. */
class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int PACKETS = 20;
    private static final int NOTHING = -1;
    private static final Map<String, Object> PARAMETERS =
            Schema.of(CytonFactory.class).defaultsWith(Map.of());
    private static final String BANNER = "OpenBCI V3 8-16 channel\nOn Board ADS1299 Device ID: 0x3E\n"
            + "LIS3DH Device ID: 0x33\nFirmware: v3.1.2\n$$$";

    /** A board that answers at once, all on the thread that asks. */
    private static final class Board implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final SplittableRandom random;
        private final int struck;
        private int said;
        private boolean started;
        private boolean streaming;

        Board(int struck, SplittableRandom random) {
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
            String command = new String(bytes, StandardCharsets.US_ASCII);
            switch (command.charAt(0)) {
                case 'v' -> say(BANNER.getBytes(StandardCharsets.US_ASCII));
                case 'x' ->
                    say(("Success: Channel set for " + command.charAt(1) + "$$$").getBytes(StandardCharsets.US_ASCII));
                case 'b' -> {
                    started = true;
                    streaming = true;
                    for (int i = 0; i < PACKETS; i++) {
                        say(Hex.numbered(i));
                    }
                }
                case 's' -> streaming = false;
                default -> throw new AssertionError("the adapter said " + command);
            }
        }
    }

    @Test
    void tenThousandMutatedAnswersAreAFaultOrSamples() throws Exception {
        SplittableRandom random = new SplittableRandom(37);
        int faults = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            int struck = random.nextInt(1 + Packet.CHANNELS + PACKETS);
            faults += once(new Board(struck, random.split()), struck) ? 1 : 0;
        }
        assertTrue(faults > MUTATIONS / 5 && faults < MUTATIONS, faults + " faults");
    }

    /** Whether it was a fault; it always ends in a board that does not stream, and the adapter can begin anew. */
    private static boolean once(Board board, int struck) throws Exception {
        FakeContext context = FakeContext.of(PARAMETERS).with("tcp:127.0.0.1:1");
        CytonSource source = new CytonSource(context, "");
        source.start();
        source.enterPhase(Phases.active("only", 0, 0, 1000));
        boolean fault = run(source, board);
        if (fault && struck < 1 + Packet.CHANNELS) {
            assertFalse(board.started, "started after a wrong answer to command " + struck);
        }
        for (SampleBlock block : context.published().blocks("eeg")) {
            for (int k = 0; k < block.channels(); k++) {
                assertTrue(Math.abs(block.at(0, k)) <= 187_501, "beyond what 24 bits can say: " + block.at(0, k));
            }
        }
        assertFalse(board.streaming);
        if (fault) {
            assertEquals(1, context.published().events("device-lost").size());
            // A machine that stands still for seconds lets a sound board be late, too.
            for (int i = 0; i < 20 && context.published().events("device-back").isEmpty(); i++) {
                run(source, new Board(NOTHING, new SplittableRandom(1)));
            }
            assertEquals(1, context.published().events("device-back").size(), "not back after answer " + struck);
        }
        source.close();
        return fault;
    }

    /** Lets the owner's part of the adapter talk to the board until there is nothing more; whether it gave up. */
    private static boolean run(CytonSource source, Board board) throws InterruptedException, IOException {
        Receiver line = Receiver.over(board);
        byte[] buffer = new byte[100];
        boolean fault = false;
        try {
            source.begin(line);
            for (int count = board.read(buffer); count > 0; count = board.read(buffer)) {
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
