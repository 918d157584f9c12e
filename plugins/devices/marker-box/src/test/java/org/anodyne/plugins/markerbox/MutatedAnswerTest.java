package org.anodyne.plugins.markerbox;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import org.anodyne.line.Line;
import org.anodyne.line.Receiver;
import org.anodyne.plugin.tck.Damage;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Phases;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The adapter itself, at a box in memory whose answer, or whose reports that nobody asked for, are damaged. */
class MutatedAnswerTest {
    private static final int MUTATIONS = 10_000;
    private static final Map<Box, Map<String, Object>> PARAMETERS = new EnumMap<>(Box.class);

    static {
        for (Box kind : Box.values()) {
            PARAMETERS.put(
                    kind,
                    Schema.of(MarkerBoxFactory.class)
                            .defaultsWith(Map.of(
                                    "box", kind.name().toLowerCase(Locale.ROOT), "codes", Map.of("phase/*", 5L))));
        }
    }

    /** A box that answers at once, all on the thread that asks. */
    private static final class BoxLine implements Line {
        private final Deque<Byte> toHost = new ArrayDeque<>();
        private final List<String> heard = new ArrayList<>();
        private final byte[] answer;

        BoxLine(byte[] answer) {
            this.answer = answer;
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
        public void write(byte[] bytes) {
            heard.add(HexFormat.of().formatHex(bytes));
            if (new String(bytes, StandardCharsets.US_ASCII).equals("_c1")) {
                for (byte each : answer) {
                    toHost.add(each);
                }
            }
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }

    private static MarkerBox box(FakeContext context) {
        MarkerBox box = new MarkerBox(context, "");
        box.start();
        box.enterPhase(Phases.active("only", 0, 0, 1000));
        return box;
    }

    private static FakeContext context(Box kind) {
        return FakeContext.of(PARAMETERS.get(kind)).with("tcp:127.0.0.1:1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_xid0", "_xid2"})
    void literalAnswersOpenTheBox(String answer) throws Exception {
        BoxLine line = new BoxLine(answer.getBytes(StandardCharsets.US_ASCII));
        MarkerBox box = box(context(Box.XID));
        box.begin(Receiver.over(line));
        box.idle();
        assertEquals(List.of("5f6331", "633130", "6d700a000000", "6d680500"), line.heard);
        box.close();
    }

    @Test
    void tenThousandMutatedAnswersOpenNoBoxOrTheRightOne() throws Exception {
        SplittableRandom random = new SplittableRandom(53);
        byte[] sound = "_xid2".getBytes(StandardCharsets.US_ASCII);
        int faults = 0;
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] answer = Damage.of(sound, random);
            BoxLine line = new BoxLine(answer);
            MarkerBox box = box(context(Box.XID));
            String said = new String(answer, StandardCharsets.ISO_8859_1);
            try {
                box.begin(Receiver.over(line));
                box.idle();
                box.end(Receiver.over(line));
                assertTrue(said.equals("_xid0") || said.equals("_xid2"), "taken for a box: " + said);
                assertEquals("6d680000", line.heard.get(line.heard.size() - 1), "lines are left raised");
            } catch (IOException e) {
                assertFalse(e.getMessage().isBlank());
                assertEquals(List.of("5f6331"), line.heard, "spoken to after " + said);
                faults++;
            }
            box.close();
        }
        assertTrue(faults > MUTATIONS / 2, faults + " faults");
    }

    /** What a box reports of itself is dropped, whatever it is; markers go out and the lines end at rest. */
    @ParameterizedTest
    @EnumSource(Box.class)
    void tenThousandReportsNobodyAskedForChangeNothing(Box kind) throws Exception {
        SplittableRandom random = new SplittableRandom(59);
        FakeContext context = context(kind);
        MarkerBox box = box(context);
        BoxLine line = new BoxLine("_xid2".getBytes(StandardCharsets.US_ASCII));
        Receiver receiver = Receiver.over(line);
        box.begin(receiver);
        int opened = line.heard.size();
        for (int i = 0; i < MUTATIONS; i++) {
            byte[] report = Damage.of(new byte[] {'k', 0x30, 1, 0, 0, 0}, random);
            box.received(report, report.length);
        }
        assertEquals(opened, line.heard.size(), "the box was answered");
        box.idle();
        assertArrayEquals(kind.raise(5), HexFormat.of().parseHex(line.heard.get(line.heard.size() - 1)), "the marker");
        assertEquals(1, context.published().events("marker").size());
        box.end(receiver);
        assertEquals(
                switch (kind) {
                    case GENERIC -> "00";
                    case TRIGGERBOX -> "ff";
                    case XID -> "6d680000";
                },
                line.heard.get(line.heard.size() - 1));
        box.close();
    }
}
