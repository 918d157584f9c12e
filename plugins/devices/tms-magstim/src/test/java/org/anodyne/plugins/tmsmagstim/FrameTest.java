package org.anodyne.plugins.tmsmagstim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The literal frames of the protocol description. */
class FrameTest {
    static final Lengths MAGSTIM = new Lengths(false, 1);
    static final Lengths RAPID9 = new Lengths(true, 9);

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    static List<ReplyParser.Received> parsed(Lengths lengths, byte[] bytes) {
        ReplyParser parser = new ReplyParser(lengths);
        List<ReplyParser.Received> received = new ArrayList<>();
        for (byte b : bytes) {
            parser.next(b).ifPresent(received::add);
        }
        return received;
    }

    private static Reply reply(Lengths lengths, String hex) {
        List<ReplyParser.Received> received = parsed(lengths, bytes(hex));
        assertEquals(1, received.size(), received.toString());
        return ((ReplyParser.Received.Whole) received.get(0)).reply();
    }

    @ParameterizedTest
    @CsvSource({
        "Q@, 51 40 6E",
        "R@, 52 40 6D",
        "J@, 4A 40 75",
        "F@, 46 40 79",
        "@050, 40 30 35 30 2A",
        "@070, 40 30 37 30 28",
        "A050, 41 30 35 30 29",
        "C010, 43 30 31 30 2B",
        "EA, 45 41 79",
        "EB, 45 42 78",
        "EH, 45 48 72",
        "\\@, 5C 40 63",
        "B0100, 42 30 31 30 30 FC",
        "D00050, 44 30 30 30 35 30 C6",
        "D0050, 44 30 30 35 30 F6",
        "[0050, 5B 30 30 35 30 DF",
        "[0010, 5B 30 30 31 30 E3",
        "[0000, 5B 30 30 30 30 E4",
        "[010, 5B 30 31 30 13",
        "[000, 5B 30 30 30 14",
        "ND, 4E 44 6D",
        "x@, 78 40 47",
        "I@, 49 40 76",
        "^@, 5E 40 61",
        "_@, 5F 40 60",
        "Y@, 59 40 66",
        "Z@, 5A 40 65",
        "X@, 58 40 67",
        "o@, 6F 40 50",
    })
    void commandsAreAsDescribed(String text, String hex) {
        assertArrayEquals(bytes(hex), Frame.of(text));
    }

    @Test
    void statusIsRead() {
        Status standby = reply(MAGSTIM, "51 89 25").status();
        assertTrue(standby.standby() && standby.coilPresent() && standby.remote() && !standby.armed());
        Status armed = reply(MAGSTIM, "51 8A 24").status();
        assertTrue(armed.armed() && !armed.ready());
        Status ready = reply(MAGSTIM, "51 8C 22").status();
        assertTrue(ready.armed() && ready.ready());
        assertEquals(new Status(0x89), reply(MAGSTIM, "45 89 31").status());
    }

    @Test
    void settingsAreRead() {
        Settings magstim = Settings.of(reply(MAGSTIM, "4A 89 30 33 30 30 30 30 30 30 30 79"), MAGSTIM);
        assertEquals(30, magstim.power());
        Settings bistim = Settings.of(reply(MAGSTIM, "4A 89 30 35 30 30 34 35 30 31 30 6D"), MAGSTIM);
        assertEquals(List.of(50, 45, 10), List.of(bistim.power(), bistim.secondPower(), bistim.interval()));
        Settings rapid = Settings.of(
                reply(RAPID9, "5C 89 38 30 35 30 30 31 30 30 30 30 30 35 30 30 30 35 30 30 30 35 30 0D"), RAPID9);
        assertEquals(50, rapid.power());
        assertEquals(new Target.Train(100, 50, 50), rapid.train().orElseThrow());
        assertEquals(5.0, rapid.waitSeconds());
        assertTrue(rapid.singlePulses());
    }

    @Test
    void temperatureAndVersionAreRead() {
        Condition warm = Condition.NONE.with(reply(MAGSTIM, "46 89 32 34 30 32 34 35 FF"), 1);
        assertEquals(24.5, warm.coilCelsius());
        assertEquals("9.0.0", reply(RAPID9, "4E 39 2E 30 2E 30 00 BC").text(0));
    }

    @Test
    void refusalsAreRead() {
        assertEquals(List.of(new ReplyParser.Received.Unknown()), parsed(MAGSTIM, bytes("3F")));
        assertEquals(List.of(new ReplyParser.Received.Refused('E', false)), parsed(MAGSTIM, bytes("45 3F 7B")));
        assertEquals(List.of(new ReplyParser.Received.Refused('E', true)), parsed(MAGSTIM, bytes("45 53 67")));
        assertEquals(List.of(new ReplyParser.Received.Refused('@', true)), parsed(MAGSTIM, bytes("40 53 6C")));
        assertEquals(List.of(new ReplyParser.Received.Refused('@', false)), parsed(MAGSTIM, bytes("40 3F 80")));
    }

    @Test
    void lengthsFollowTheSoftware() {
        assertEquals(21, new Lengths(true, 6).of('\\'));
        assertEquals(22, new Lengths(true, 7).of('\\'));
        assertEquals(22, new Lengths(true, 8).of('\\'));
        assertEquals(24, RAPID9.of('\\'));
        assertEquals(7, RAPID9.of('o'));
        assertEquals(8, new Lengths(true, 10).of('o'));
        assertEquals(4, RAPID9.of('n'));
        assertEquals(6, new Lengths(true, 10).of('n'));
        assertEquals(Lengths.NONE, RAPID9.of('b'), "the command that ignores the coil's switch is never sent");
    }

    @Test
    void trainsAreSetAsTheSoftwareWantsThem() {
        Target target = new Target(50, 0, 0, java.util.Optional.of(Target.Train.of(10, 50)));
        Settings single = new Settings(30, 0, 0, true, java.util.Optional.of(Target.Train.of(1, 1)), 0.5);
        assertEquals(List.of("[0010", "B0100", "D00050", "[0050", "@050"), single.towards(target, Model.RAPID, RAPID9));
        assertEquals(
                List.of("[010", "B0100", "D0050", "[050", "@050"),
                single.towards(target, Model.RAPID, new Lengths(true, 8)));
        Settings set = new Settings(50, 0, 0, false, target.train(), 0.5);
        assertTrue(set.are(target, Model.RAPID));
        assertEquals(List.of(), set.towards(target, Model.RAPID, RAPID9));
        Target pulse = new Target(50, 0, 0, java.util.Optional.empty());
        assertEquals(List.of("[0000"), set.towards(pulse, Model.RAPID, RAPID9));
    }

    @Test
    void oneByteAtATimeOrManyAtOnceIsTheSame() {
        byte[] two = bytes("51 89 25 46 89 32 34 30 32 34 35 FF");
        assertEquals(2, parsed(MAGSTIM, two).size());
        assertInstanceOf(ReplyParser.Received.Whole.class, parsed(MAGSTIM, two).get(1));
    }

    @Test
    void everyFlippedBitIsSeen() {
        byte[] sound = bytes("46 89 32 34 30 32 34 35 FF");
        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            assertTrue(
                    parsed(MAGSTIM, flipped).stream()
                            .noneMatch(r -> r instanceof ReplyParser.Received.Whole whole
                                    && whole.reply().command() == 'F'),
                    "bit " + bit);
        }
    }

    /** Flips, drops, doubles or inserts bytes, or cuts the end off. */
    static byte[] mutated(byte[] frame, SplittableRandom random) {
        byte[] mutated = frame.clone();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            int at = mutated.length == 0 ? 0 : random.nextInt(mutated.length);
            switch (random.nextInt(5)) {
                case 0 -> {
                    if (mutated.length > 0) {
                        mutated[at] ^= (byte) (1 << random.nextInt(8));
                    }
                }
                case 1 -> mutated = Arrays.copyOf(mutated, at);
                case 2 ->
                    mutated = joined(
                            Arrays.copyOf(mutated, at),
                            at < mutated.length ? Arrays.copyOfRange(mutated, at + 1, mutated.length) : new byte[0]);
                case 3 ->
                    mutated = joined(
                            joined(Arrays.copyOf(mutated, at), new byte[] {(byte) random.nextInt(256)}),
                            Arrays.copyOfRange(mutated, at, mutated.length));
                default -> mutated = joined(mutated, frame);
            }
        }
        return mutated;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
