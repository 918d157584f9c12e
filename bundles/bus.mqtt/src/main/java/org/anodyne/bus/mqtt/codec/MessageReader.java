package org.anodyne.bus.mqtt.codec;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.fasterxml.jackson.dataformat.cbor.CBORParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;

/**
 * Reads what {@link MessageWriter} or any other CBOR library wrote: fields in any order, unknown ones ignored, whole
 * numbers allowed where a number with a fraction is meant but not the other way round. Thread: one per instance.
 */
public final class MessageReader {
    private static final CBORFactory CBOR = new CBORFactory();
    private static final int SCHEMA = 1;

    private final CBORParser p;

    private MessageReader(CBORParser parser) {
        this.p = parser;
    }

    /**
     * Reads a message.
     *
     * @throws CodecException when it is not what the topic carries; tells the field
     */
    public static Message read(String path, byte[] bytes, long receivedNanos) {
        try {
            Topic topic = Topic.parse(path);
            try (CBORParser parser = CBOR.createParser(bytes)) {
                return new MessageReader(parser).message(topic, receivedNanos);
            }
        } catch (IOException e) {
            throw new CodecException("no readable CBOR: " + firstLine(e.getMessage()), e);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new CodecException(e.getMessage(), e);
        }
    }

    private Message message(Topic topic, long receivedNanos) throws IOException {
        Long schema = null;
        String source = null;
        Long sequence = null;
        Long made = null;
        Long acquired = null;
        Payload payload = null;
        p.nextToken();
        startMap("message");
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            switch (name) {
                case Field.SCHEMA -> schema = whole(name);
                case Field.SOURCE -> source = text(name);
                case Field.SEQUENCE -> sequence = whole(name);
                case Field.MADE -> made = whole(name);
                case Field.ACQUIRED -> acquired = whole(name);
                case Field.PAYLOAD -> payload = payload(PayloadKind.of(topic.kind()));
                default -> p.skipChildren();
            }
        }
        endMap("message");
        if (required(schema, Field.SCHEMA) != SCHEMA) {
            throw new CodecException("schema version " + schema + " is not known here; this bus speaks " + SCHEMA);
        }
        if (required(sequence, Field.SEQUENCE) < 1) {
            throw new CodecException("field 'sequence' is " + sequence + "; numbers count from 1");
        }
        required(made, Field.MADE);
        Envelope envelope = new Envelope(
                SCHEMA, required(source, Field.SOURCE), sequence, made, acquired == null ? made : acquired);
        return new Message(topic, envelope, required(payload, Field.PAYLOAD), receivedNanos);
    }

    private Payload payload(PayloadKind kind) throws IOException {
        return switch (kind) {
            case SAMPLES -> new Payload.Samples(samples());
            case FEATURE -> feature();
            case REQUEST -> new Payload.Request(command());
            case REPLY -> new Payload.Reply(acknowledgement());
            case PICTURE -> new Payload.Picture(picture());
            case DOCUMENT -> document();
        };
    }

    private SampleBlock samples() throws IOException {
        String stream = null;
        Long index = null;
        Long start = null;
        Double rate = null;
        Long channels = null;
        float[] values = null;
        startMap(Field.PAYLOAD);
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            switch (name) {
                case Field.STREAM -> stream = text(name);
                case Field.INDEX -> index = whole(name);
                case Field.START -> start = whole(name);
                case Field.RATE -> rate = number(name);
                case Field.CHANNELS -> channels = whole(name);
                case Field.SAMPLES -> values = floats(name);
                default -> p.skipChildren();
            }
        }
        endMap(Field.PAYLOAD);
        return new SampleBlock(
                required(stream, Field.STREAM),
                required(index, Field.INDEX),
                required(start, Field.START),
                required(rate, Field.RATE),
                Math.toIntExact(required(channels, Field.CHANNELS)),
                required(values, Field.SAMPLES));
    }

    private Payload.FeatureValue feature() throws IOException {
        String feature = null;
        String version = "";
        Long time = null;
        double[] values = null;
        startMap(Field.PAYLOAD);
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            switch (name) {
                case Field.NAME -> feature = text(name);
                case Field.TIME -> time = whole(name);
                case Field.VALUES -> values = doubles(name);
                case Field.VERSION -> version = text(name);
                default -> p.skipChildren();
            }
        }
        endMap(Field.PAYLOAD);
        if (required(values, Field.VALUES).length == 0) {
            throw new CodecException("field 'values' is empty; a feature has at least one component");
        }
        return new Payload.FeatureValue(
                new Feature(required(feature, Field.NAME), required(time, Field.TIME), values), version);
    }

    private Command command() throws IOException {
        String id = null;
        String target = null;
        String action = null;
        Map<String, Double> arguments = Map.of();
        Long decided = null;
        String cause = "";
        startMap(Field.PAYLOAD);
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            switch (name) {
                case Field.ID -> id = text(name);
                case Field.TARGET -> target = text(name);
                case Field.ACTION -> action = text(name);
                case Field.ARGUMENTS -> arguments = numbers(name);
                case Field.DECIDED -> decided = whole(name);
                case Field.CAUSE -> cause = text(name);
                default -> p.skipChildren();
            }
        }
        endMap(Field.PAYLOAD);
        return new Command(
                required(id, Field.ID),
                required(target, Field.TARGET),
                required(action, Field.ACTION),
                arguments,
                required(decided, Field.DECIDED),
                cause);
    }

    private Acknowledgement acknowledgement() throws IOException {
        String id = null;
        Acknowledgement.Outcome outcome = null;
        String reason = "";
        Long time = null;
        Map<String, Double> delivered = Map.of();
        startMap(Field.PAYLOAD);
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            switch (name) {
                case Field.COMMAND_ID -> id = text(name);
                case Field.OUTCOME -> outcome = outcome(text(name));
                case Field.REASON -> reason = text(name);
                case Field.TIME -> time = whole(name);
                case Field.DELIVERED -> delivered = numbers(name);
                default -> p.skipChildren();
            }
        }
        endMap(Field.PAYLOAD);
        return new Acknowledgement(
                required(id, Field.COMMAND_ID),
                required(outcome, Field.OUTCOME),
                reason,
                required(time, Field.TIME),
                delivered);
    }

    private MirrorPicture picture() throws IOException {
        Long time = null;
        Long frame = null;
        Long width = null;
        Long height = null;
        byte[] jpeg = null;
        startMap(Field.PAYLOAD);
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            switch (name) {
                case Field.TIME -> time = whole(name);
                case Field.FRAME -> frame = whole(name);
                case Field.WIDTH -> width = whole(name);
                case Field.HEIGHT -> height = whole(name);
                case Field.JPEG -> jpeg = bytes(name);
                default -> p.skipChildren();
            }
        }
        endMap(Field.PAYLOAD);
        return new MirrorPicture(
                required(time, Field.TIME),
                required(frame, Field.FRAME),
                Math.toIntExact(required(width, Field.WIDTH)),
                Math.toIntExact(required(height, Field.HEIGHT)),
                required(jpeg, Field.JPEG));
    }

    private byte[] bytes(String name) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_EMBEDDED_OBJECT) {
            throw wrong(name, "a byte string");
        }
        return p.getBinaryValue();
    }

    private Payload.Document document() throws IOException {
        String type = null;
        Long time = null;
        Map<String, Object> attributes = Map.of();
        startMap(Field.PAYLOAD);
        for (String name = p.nextFieldName(); name != null; name = p.nextFieldName()) {
            p.nextToken();
            switch (name) {
                case Field.TYPE -> type = text(name);
                case Field.TIME -> time = whole(name);
                case Field.ATTRIBUTES -> attributes = map(name);
                default -> p.skipChildren();
            }
        }
        endMap(Field.PAYLOAD);
        return new Payload.Document(required(type, Field.TYPE), time == null ? -1 : time, attributes);
    }

    private static Acknowledgement.Outcome outcome(String name) {
        try {
            return Acknowledgement.Outcome.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new CodecException(
                    "field 'outcome' is '" + name + "'; it must be one of "
                            + Arrays.toString(Acknowledgement.Outcome.values()),
                    e);
        }
    }

    private float[] floats(String name) throws IOException {
        if (p.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
            return TypedArray.floats(p.getCurrentTag(), p.getBinaryValue(), name);
        }
        double[] d = plainArray(name);
        float[] f = new float[d.length];
        for (int i = 0; i < d.length; i++) {
            f[i] = (float) d[i];
        }
        return f;
    }

    private double[] doubles(String name) throws IOException {
        return p.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT
                ? TypedArray.doubles(p.getCurrentTag(), p.getBinaryValue(), name)
                : plainArray(name);
    }

    private double[] plainArray(String name) throws IOException {
        if (p.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(name, "a typed array or an array of numbers");
        }
        double[] d = new double[8];
        int n = 0;
        while (p.nextToken() != JsonToken.END_ARRAY) {
            if (n == d.length) {
                d = Arrays.copyOf(d, 2 * n);
            }
            d[n++] = number(name);
        }
        return Arrays.copyOf(d, n);
    }

    private Map<String, Double> numbers(String name) throws IOException {
        Map<String, Double> numbers = new LinkedHashMap<>();
        startMap(name);
        for (String key = p.nextFieldName(); key != null; key = p.nextFieldName()) {
            p.nextToken();
            numbers.put(key, number(name + "." + key));
        }
        endMap(name);
        return numbers;
    }

    private Map<String, Object> map(String name) throws IOException {
        Map<String, Object> map = new LinkedHashMap<>();
        startMap(name);
        for (String key = p.nextFieldName(); key != null; key = p.nextFieldName()) {
            if (p.nextToken() != JsonToken.VALUE_NULL) { // null says that there is no such attribute
                map.put(key, value(name + "." + key));
            }
        }
        endMap(name);
        return map;
    }

    private Object value(String name) throws IOException {
        return switch (p.currentToken()) {
            case VALUE_STRING -> p.getText();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> whole(name);
            case VALUE_NUMBER_FLOAT -> number(name);
            case START_OBJECT -> map(name);
            case START_ARRAY -> {
                List<Object> list = new ArrayList<>();
                while (p.nextToken() != JsonToken.END_ARRAY) {
                    list.add(value(name));
                }
                yield list;
            }
            default -> throw wrong(name, "a text, number, truth value, list or map");
        };
    }

    private String text(String name) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_STRING) {
            throw wrong(name, "a text");
        }
        return p.getText();
    }

    private long whole(String name) throws IOException {
        if (p.currentToken() != JsonToken.VALUE_NUMBER_INT || p.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            throw wrong(name, "a whole number of at most 64 bits");
        }
        return p.getLongValue();
    }

    private double number(String name) throws IOException {
        if (p.currentToken() == null || !p.currentToken().isNumeric()) {
            throw wrong(name, "a number");
        }
        return p.getDoubleValue();
    }

    private void startMap(String name) {
        if (p.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(name, "a map");
        }
    }

    /** {@code nextFieldName} also gives null where something else than a field comes. */
    private void endMap(String name) {
        if (p.currentToken() != JsonToken.END_OBJECT) {
            throw new CodecException("'" + name + "' ends too early, or one of its keys is no text");
        }
    }

    private static <T> T required(T value, String name) {
        if (value == null) {
            throw new CodecException("field '" + name + "' is missing");
        }
        return value;
    }

    private CodecException wrong(String name, String what) {
        JsonToken token = p.currentToken();
        return new CodecException("field '" + name + "' should be " + what + " but is "
                + (token == null
                        ? "missing"
                        : token.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
    }

    private static String firstLine(String text) {
        return text == null ? "" : text.lines().findFirst().orElse("");
    }
}
