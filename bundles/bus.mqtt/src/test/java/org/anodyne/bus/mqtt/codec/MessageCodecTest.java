package org.anodyne.bus.mqtt.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.junit.jupiter.api.Test;

class MessageCodecTest {
    private static final Envelope ENVELOPE = new Envelope(1, "host-1-ab", Long.MAX_VALUE, -5, 1L << 40);
    private static final Topic EVENT = Topic.of("lab", "s", Topic.Kind.EVENT, "x", "test");
    private static final Topic SAMPLE = Topic.of("lab", "s", Topic.Kind.SAMPLE, "eeg", "raw");
    private static final Topic FEATURE = Topic.of("lab", "s", Topic.Kind.FEATURE, "alpha", "power");

    private static Message roundTrip(Topic topic, Payload payload) {
        Message m = MessageReader.read(topic.path(), MessageWriter.write(topic, ENVELOPE, payload), 9);
        assertEquals(ENVELOPE, m.envelope());
        assertEquals(topic, m.topic());
        assertEquals(9, m.receivedNanos());
        return m;
    }

    @Test
    void samplesKeepEveryBit() {
        float[] values = {0f, -0f, 1.5f, Float.NaN, Float.POSITIVE_INFINITY, Float.MIN_VALUE, -3e38f, 1e-3f};
        Message m = roundTrip(SAMPLE, new Payload.Samples(new SampleBlock("raw", 1L << 33, 77, 250.5, 4, values)));
        SampleBlock b = assertInstanceOf(Payload.Samples.class, m.payload()).block();
        assertEquals("raw", b.stream());
        assertEquals(1L << 33, b.index());
        assertEquals(77, b.startNanos());
        assertEquals(250.5, b.rateHz());
        assertEquals(4, b.channels());
        assertArrayEquals(values, b.samples());
    }

    @Test
    void samplesAreOneTypedArrayOnTheWire() {
        byte[] bytes = MessageWriter.write(
                SAMPLE, ENVELOPE, new Payload.Samples(new SampleBlock("r", 0, 0, 250, 1, new float[] {1})));
        // tag 85, byte string of 4, 1.0f little-endian
        byte[] expected = {(byte) 0xD8, 85, 0x44, 0, 0, (byte) 0x80, 0x3F};
        assertTrue(indexOf(bytes, expected) > 0, Arrays.toString(bytes));
    }

    @Test
    void featuresKeepEveryBit() {
        double[] values = {Math.PI, Double.NaN, Double.NEGATIVE_INFINITY, -0.0, Double.MIN_VALUE};
        Message m = roundTrip(FEATURE, new Payload.FeatureValue(new Feature("power", 5, values)));
        Feature f = assertInstanceOf(Payload.FeatureValue.class, m.payload()).feature();
        assertArrayEquals(values, f.values());
        assertEquals("power", f.name());
        assertEquals(5, f.timeNanos());
    }

    @Test
    void commandsAndAcknowledgements() {
        Command c = new Command("c-1", "tens", "burst", Map.of("amplitude", 10.0, "frequency", 0.1), 4, "pain-high");
        Topic command = Topic.of("lab", "s", Topic.Kind.COMMAND, "tens", "");
        assertEquals(
                new Payload.Request(c),
                roundTrip(command, new Payload.Request(c)).payload());
        Topic ack = Topic.of("lab", "s", Topic.Kind.ACK, "tens", "");
        for (Acknowledgement.Outcome outcome : Acknowledgement.Outcome.values()) {
            Acknowledgement a = new Acknowledgement("c-1", outcome, "weil's so ist", 8, Map.of("charge_uC", 0.25));
            assertEquals(
                    new Payload.Reply(a), roundTrip(ack, new Payload.Reply(a)).payload());
        }
    }

    @Test
    void documentsKeepWholeNumbersAndFractionsApart() {
        Map<String, Object> attributes = Map.of(
                "long",
                1L,
                "double",
                1.0,
                "big",
                Long.MIN_VALUE,
                "nan",
                Double.NaN,
                "inf",
                Double.POSITIVE_INFINITY,
                "text",
                "Schmerz \u00fc \ud83d\ude00",
                "flag",
                true,
                "list",
                List.of(1L, 2.0, "three", List.of(), Map.of("k", false)),
                "map",
                Map.of("inner", Map.of("n", -1L)));
        Message m = roundTrip(EVENT, new Payload.Document("test", -1, attributes));
        Payload.Document d = assertInstanceOf(Payload.Document.class, m.payload());
        assertEquals(attributes, d.attributes());
        assertEquals("test", d.type());
        assertEquals(-1, d.timeNanos());
    }

    @Test
    void theKindOfTheTopicDecidesWhatMayBeOnIt() {
        CodecException e = assertThrows(
                CodecException.class,
                () -> MessageWriter.write(SAMPLE, ENVELOPE, new Payload.Document("x", 0, Map.of())));
        assertTrue(e.getMessage().contains("a block of samples"), e.getMessage());
    }

    /** Writes CBOR as somebody else might. */
    private interface Foreign {
        void write(CBORGenerator g) throws IOException;
    }

    private static byte[] foreign(Foreign payload) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (CBORGenerator g = new CBORFactory().createGenerator(out)) {
            g.writeStartObject(); // of indefinite length
            g.writeFieldName("extra");
            g.writeStartArray();
            g.writeString("is ignored");
            g.writeEndArray();
            g.writeFieldName("payload"); // before the envelope
            payload.write(g);
            g.writeNumberField("madeNanos", 10);
            g.writeNumberField("sequence", 1);
            g.writeStringField("source", "python-1");
            g.writeNumberField("schema", 1);
            g.writeEndObject();
        }
        return out.toByteArray();
    }

    @Test
    void anotherOrderUnknownFieldsAndPlainArraysAreFine() throws IOException {
        Message m = MessageReader.read(
                FEATURE.path(),
                foreign(g -> {
                    g.writeStartObject();
                    g.writeFieldName("values");
                    g.writeStartArray();
                    g.writeNumber(1); // a whole number where a fraction is meant
                    g.writeNumber(2.5f);
                    g.writeNumber(Double.NaN);
                    g.writeEndArray();
                    g.writeFieldName("unit");
                    g.writeStartObject();
                    g.writeStringField("deeper", "x");
                    g.writeEndObject();
                    g.writeNumberField("timeNanos", 3);
                    g.writeStringField("name", "rms");
                    g.writeEndObject();
                }),
                0);
        Feature f = assertInstanceOf(Payload.FeatureValue.class, m.payload()).feature();
        assertArrayEquals(new double[] {1, 2.5, Double.NaN}, f.values());
        assertEquals(new Envelope(1, "python-1", 1, 10, 10), m.envelope());
    }

    @Test
    void bigEndianAndDoubleSamplesAreFine() throws IOException {
        byte[] bigEndian = {0x3F, (byte) 0x80, 0, 0, 0x40, 0, 0, 0}; // 1, 2
        Message m = MessageReader.read(SAMPLE.path(), foreign(g -> samples(g, 81, bigEndian)), 0);
        assertArrayEquals(
                new float[] {1, 2},
                assertInstanceOf(Payload.Samples.class, m.payload()).block().samples());
        byte[] doubles = {0, 0, 0, 0, 0, 0, (byte) 0xF0, 0x3F}; // 1
        Message d = MessageReader.read(SAMPLE.path(), foreign(g -> samples(g, 86, doubles)), 0);
        assertArrayEquals(
                new float[] {1},
                assertInstanceOf(Payload.Samples.class, d.payload()).block().samples());
    }

    private static void samples(CBORGenerator g, int tag, byte[] bytes) throws IOException {
        g.writeStartObject();
        g.writeStringField("stream", "raw");
        g.writeNumberField("index", 0);
        g.writeNumberField("startNanos", 0);
        g.writeNumberField("rateHz", 250);
        g.writeNumberField("channels", 1);
        g.writeFieldName("samples");
        if (tag >= 0) {
            g.writeTag(tag);
        }
        g.writeBinary(bytes);
        g.writeEndObject();
    }

    @Test
    void whatIsWrongIsNamed() throws IOException {
        refused("'samples' is a byte string without a tag", SAMPLE, foreign(g -> samples(g, -1, new byte[4])));
        refused("with tag 99", SAMPLE, foreign(g -> samples(g, 99, new byte[4])));
        refused("no whole number of values", SAMPLE, foreign(g -> samples(g, 85, new byte[5])));
        refused("0 values", SAMPLE, foreign(g -> samples(g, 85, new byte[0])));
        refused("'payload' should be a map but is value string", EVENT, foreign(g -> g.writeString("x")));
        refused("'type' is missing", EVENT, foreign(g -> {
            g.writeStartObject();
            g.writeEndObject();
        }));
        refused("'type' should be a text", EVENT, foreign(g -> {
            g.writeStartObject();
            g.writeNumberField("type", 5);
            g.writeEndObject();
        }));
        refused("'timeNanos' should be a whole number", EVENT, foreign(g -> {
            g.writeStartObject();
            g.writeNumberField("timeNanos", 5.5);
            g.writeEndObject();
        }));
        refused("'outcome' is 'MAYBE'", Topic.of("lab", "s", Topic.Kind.ACK, "x", ""), foreign(g -> {
            g.writeStartObject();
            g.writeStringField("outcome", "MAYBE");
            g.writeEndObject();
        }));
        refused("is no topic", null, new byte[0]);
        refused("should be a map", EVENT, new byte[] {0x01});
        refused("should be a map", EVENT, new byte[0]);
    }

    private static void refused(String why, Topic topic, byte[] bytes) {
        CodecException e = assertThrows(
                CodecException.class,
                () -> MessageReader.read(topic == null ? "somewhere/else" : topic.path(), bytes, 0));
        assertTrue(e.getMessage().contains(why), e.getMessage());
    }

    @Test
    void otherVersionsAndNumbersBelowOneAreRefused() {
        Payload p = new Payload.Document("x", 0, Map.of());
        refused("schema version 2", EVENT, MessageWriter.write(EVENT, new Envelope(2, "s", 1, 0, 0), p));
        refused("count from 1", EVENT, MessageWriter.write(EVENT, new Envelope(1, "s", 0, 0, 0), p));
    }

    @Test
    void whateverIsCutOrChangedIsReadOrRefusedButNeverAnythingElse() {
        Random random = new Random(7);
        byte[][] good = {
            MessageWriter.write(
                    EVENT, ENVELOPE, new Payload.Document("test", 1, Map.of("a", List.of(1L, Map.of("b", "c"))))),
            MessageWriter.write(SAMPLE, ENVELOPE, new Payload.Samples(new SampleBlock("r", 0, 0, 250, 2, new float[8])))
        };
        String[] paths = {EVENT.path(), SAMPLE.path()};
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = good[i % 2].clone();
            if (i % 4 < 2) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            }
            for (int k = random.nextInt(4); k > 0 && bytes.length > 0; k--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                MessageReader.read(paths[i % 2], bytes, 0);
                read++;
            } catch (CodecException e) {
                assertTrue(e.getMessage() != null);
            }
        }
        assertTrue(read > 0 && read < 20_000);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i + part.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }
}
