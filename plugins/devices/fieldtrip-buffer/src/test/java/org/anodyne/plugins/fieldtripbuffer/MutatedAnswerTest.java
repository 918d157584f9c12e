package org.anodyne.plugins.fieldtripbuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

/** The adapter itself, at a buffer in memory that answers one request wrong: header, waiting, samples or events. */
class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final int ANSWERS = 16;
    private static final int NOTHING = -1;
    private static final Map<String, Object> PARAMETERS =
            Schema.of(FieldTripFactory.class).defaultsWith(Map.of());

    /** A buffer into which two samples and an event are written for each waiting; it falls silent after some answers. */
    private static final class Buffer implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final SplittableRandom random;
        private final int struck;
        private int said;
        private int samples = 1000;
        private int events = 3;

        Buffer(int struck, SplittableRandom random) {
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
            if (said == ANSWERS) {
                return;
            }
            ByteBuffer request = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            switch (request.getShort(2)) {
                case Requests.GET_HEADER -> say(HexFormat.of().parseHex(AnswerParserTest.HEADER));
                case Requests.WAIT -> {
                    samples += 2;
                    events++;
                    byte[] waited = HexFormat.of().parseHex(AnswerParserTest.WAITED);
                    ByteBuffer.wrap(waited)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .putInt(8, samples)
                            .putInt(12, events);
                    say(waited);
                }
                case Requests.GET_DATA -> {
                    boolean there = request.getInt(12) - request.getInt(8) == 1 && request.getInt(12) < samples;
                    say(HexFormat.of().parseHex(there ? AnswerParserTest.DATA : "0100050200000000"));
                }
                case Requests.GET_EVENTS -> {
                    boolean there = request.getInt(12) < events;
                    say(HexFormat.of().parseHex(there ? AnswerParserTest.EVENTS : "0100050200000000"));
                }
                default ->
                    throw new AssertionError(
                            "the adapter asked " + HexFormat.of().formatHex(bytes));
            }
        }
    }

    @Test
    void tenThousandMutatedAnswersAreAFaultOrSamples() throws Exception {
        SplittableRandom random = new SplittableRandom(47);
        int faults = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            int struck = random.nextInt(4) == 0 ? 0 : random.nextInt(ANSWERS);
            faults += once(new Buffer(struck, random.split()), struck) ? 1 : 0;
        }
        assertTrue(faults > MUTATIONS / 5 && faults < MUTATIONS, faults + " faults");
    }

    /** Whether it was a fault; afterwards a sound buffer of the same set-up is heard again. */
    private static boolean once(Buffer written, int struck) throws Exception {
        FakeContext context = FakeContext.of(PARAMETERS).with("tcp:127.0.0.1:1");
        FieldTripSource source = new FieldTripSource(context, "");
        boolean fault = run(source, written);
        for (SampleBlock block : context.published().blocks("eeg")) {
            assertEquals(source.streams().get(0).channels().size(), block.channels());
            assertEquals(source.streams().get(0).rateHz(), block.rateHz());
        }
        if (fault && struck > 0) {
            assertEquals(1, context.published().events("device-lost").size());
            for (int i = 0; i < 20 && context.published().events("device-back").isEmpty(); i++) {
                // A machine that stands still for seconds lets a sound buffer be late, too.
                run(source, new Buffer(NOTHING, new SplittableRandom(1)));
            }
            assertEquals(1, context.published().events("device-back").size(), "not back after answer " + struck);
        }
        source.close();
        return fault;
    }

    /** Lets the owner's part of the adapter talk to the buffer until it falls silent; whether it gave up before. */
    private static boolean run(FieldTripSource source, Buffer written) throws InterruptedException {
        byte[] buffer = new byte[64];
        try {
            source.begin(Receiver.over(written));
            source.start();
            source.enterPhase(Phases.active("only", 0, 0, 1000));
            for (int count = written.read(buffer); count > 0; count = written.read(buffer)) {
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
