package org.anodyne.plugins.brainvisionrda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
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

/** The adapter itself, at a recorder in memory that says one thing wrong: what it measures, samples, or that it stops. */
class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int BLOCKS = 12;
    private static final int NOTHING = -1;
    private static final Map<String, Object> PARAMETERS =
            Schema.of(RdaFactory.class).defaultsWith(Map.of());
    private static final int AT_ONCE = 40;

    /** What a recorder says in a connection; nobody says anything to it. */
    private static final class Recorder implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final SplittableRandom random;
        private final int struck;
        private int said;
        private boolean begun;

        Recorder(int struck, SplittableRandom random) {
            this.struck = struck;
            this.random = random;
            say(HexFormat.of().parseHex(MessageParserTest.START));
            for (int i = 0; i < BLOCKS; i++) {
                byte[] data = HexFormat.of().parseHex(MessageParserTest.DATA);
                data[24] = (byte) i;
                say(data);
            }
            say(HexFormat.of().parseHex(MessageParserTest.STOP));
        }

        void say(byte[] sound) {
            byte[] bytes = said++ == struck ? Damage.of(sound, random) : sound;
            for (byte each : bytes) {
                toHost.add(each);
            }
        }

        @Override
        public int read(byte[] into) {
            // So that what is said first is heard first, as on a line.
            int most = Math.min(into.length, AT_ONCE);
            int count = 0;
            while (count < most && !toHost.isEmpty()) {
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
            throw new AssertionError("a recorder is not to be told anything");
        }
    }

    @Test
    void tenThousandMutatedMessagesAreAFaultOrSamples() throws Exception {
        SplittableRandom random = new SplittableRandom(43);
        int faults = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            int struck = random.nextInt(4) == 0 ? 0 : random.nextInt(BLOCKS + 2);
            faults += once(new Recorder(struck, random.split()), struck) ? 1 : 0;
        }
        assertTrue(faults > MUTATIONS / 5 && faults < MUTATIONS, faults + " faults");
    }

    /** Whether it was a fault; afterwards a sound recorder of the same set-up is heard again. */
    private static boolean once(Recorder recorder, int struck) throws Exception {
        FakeContext context = FakeContext.of(PARAMETERS).with("tcp:127.0.0.1:1");
        RdaSource source = new RdaSource(context, "");
        boolean fault = run(source, recorder);
        for (SampleBlock block : context.published().blocks("eeg")) {
            assertEquals(source.streams().get(0).channels().size(), block.channels());
            assertEquals(source.streams().get(0).rateHz(), block.rateHz());
        }
        if (!recorder.begun) {
            assertTrue(context.published().outputs().isEmpty(), "no session begins with it");
        } else if (fault && struck > 0) {
            assertEquals(1, context.published().events("device-lost").size());
            for (int i = 0; i < 20 && context.published().events("device-back").isEmpty(); i++) {
                // A machine that stands still for seconds lets a sound recorder be late, too.
                run(source, new Recorder(NOTHING, new SplittableRandom(1)));
            }
            assertEquals(1, context.published().events("device-back").size(), "not back after message " + struck);
        }
        source.close();
        return fault;
    }

    /** Lets the owner's part of the adapter hear the recorder until there is nothing more; whether it gave up. */
    private static boolean run(RdaSource source, Recorder recorder) throws InterruptedException {
        byte[] buffer = new byte[64];
        try {
            source.begin(Receiver.over(recorder));
            recorder.begun = true;
            source.start();
            source.enterPhase(Phases.active("only", 0, 0, 1000));
            for (int count = recorder.read(buffer); count > 0; count = recorder.read(buffer)) {
                source.received(buffer, count);
                source.idle();
            }
            return false;
        } catch (IOException e) {
            assertFalse(e.getMessage().isBlank());
            source.lost(e.getMessage());
            return true;
        }
    }
}
