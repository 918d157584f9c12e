package org.anodyne.lsl.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.MalformedException;
import org.anodyne.lsl.Sample;
import org.anodyne.lsl.StreamInfo;
import org.junit.jupiter.api.Test;

/** Ten thousand damaged inputs for each end: every one is read or refused, none hangs, none ends in anything else. */
class MutationTest {
    private static final int COUNT = 10_000;

    private interface Reader {
        void read(byte[] bytes) throws MalformedException;
    }

    /** Flips, removes, repeats or inserts bytes, or cuts the end off. */
    private static byte[] mutated(byte[] whole, SplittableRandom random) {
        byte[] bytes = whole.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && bytes.length > 0; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> {
                    byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
                    System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
                    bytes = shorter;
                }
                default -> {
                    byte[] longer = Arrays.copyOf(bytes, bytes.length + 8);
                    System.arraycopy(bytes, at, longer, at + 8, bytes.length - at);
                    bytes = longer;
                }
            }
        }
        return bytes;
    }

    private static void mutate(long seed, int count, List<byte[]> inputs, Reader reader) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] ended = new int[1];
        assertTimeoutPreemptively(Duration.ofMinutes(2), () -> {
            for (int i = 0; i < count; i++) {
                byte[] bytes = mutated(inputs.get(i % inputs.size()), random);
                try {
                    reader.read(bytes);
                } catch (MalformedException e) {
                    ended[0]++;
                    continue;
                }
                ended[0]++;
            }
        });
        assertEquals(count, ended[0]);
    }

    private static byte[] feed(ChannelFormat format, int channels, ByteOrder order) {
        FeedEncoder encoder = new FeedEncoder(format, channels, order);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(encoder.preamble());
        for (int i = 0; i < 5; i++) {
            Sample sample =
                    new Sample(1000 + i, TestPattern.of(format, channels, i).values());
            out.writeBytes(encoder.encode(sample, i > 1));
        }
        return out.toByteArray();
    }

    @Test
    void feedsThatAnInletReads() {
        for (ChannelFormat format : ChannelFormat.values()) {
            byte[] good = feed(format, 3, ByteOrder.LITTLE_ENDIAN);
            mutate(7 + format.ordinal(), COUNT / 5, List.of(good), bytes -> {
                FeedDecoder decoder = new FeedDecoder(format, 3, 250, ByteOrder.LITTLE_ENDIAN);
                int half = bytes.length / 2;
                decoder.feed(Arrays.copyOf(bytes, half), half, s -> {});
                decoder.feed(Arrays.copyOfRange(bytes, half, bytes.length), bytes.length - half, s -> {});
            });
        }
    }

    @Test
    void answersThatAnInletReads() {
        StreamInfo info = StreamInfo.of("X", "EEG", 2, 250, ChannelFormat.FLOAT32, "s")
                .withChannels(List.of(
                        new StreamInfo.Channel("C3", "microvolts", "EEG"),
                        new StreamInfo.Channel("C4", "microvolts", "EEG")));
        byte[] consent = Handshake.consent("0a1b", ByteOrder.LITTLE_ENDIAN);
        byte[] xml = InfoXml.fullInfo(info).replace("<uid />", "<uid>1</uid>").getBytes(StandardCharsets.UTF_8);
        byte[] time = " 7 100.25 200.5 200.75".getBytes(StandardCharsets.UTF_8);
        byte[] found = ("42\r\n" + new String(xml, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        mutate(21, COUNT / 4, List.of(consent), b -> Handshake.consent(new String(b, StandardCharsets.UTF_8), "0a1b"));
        mutate(22, COUNT / 4, List.of(xml), InfoXml::read);
        mutate(23, COUNT / 4, List.of(time), Datagrams::timeAnswer);
        mutate(24, COUNT / 4, List.of(found), Datagrams::found);
    }

    @Test
    void requestsThatAnOutletReads() {
        byte[] feed = Handshake.feed(StreamInfo.of("X", "EEG", 2, 250, ChannelFormat.FLOAT32, "s"), 360, 32);
        byte[] shortInfo = "LSL:shortinfo\r\nname='X' and (type='EEG' or not(starts-with(desc/a,'b')))\r\n"
                .getBytes(StandardCharsets.UTF_8);
        mutate(31, COUNT / 2, List.of(feed, shortInfo, Handshake.fullInfo()), b -> {
            String text = new String(b, StandardCharsets.ISO_8859_1);
            if (Handshake.complete(text)
                    && Handshake.request(text, ChannelFormat.FLOAT32) instanceof Handshake.Request.ShortInfo s) {
                Query.parse(s.query()).matches(org.anodyne.lsl.Element.of("info", List.of()));
            }
        });
        mutate(
                32,
                COUNT / 2,
                List.of(Datagrams.shortInfo("name='X' and count(//a)>1", 16600, "42"), Datagrams.timeData(7, 100.25)),
                b -> {
                    if (Datagrams.question(b) instanceof Datagrams.Question.ShortInfo s) {
                        Query.parse(s.query()).matches(org.anodyne.lsl.Element.of("info", List.of()));
                    }
                });
    }
}
