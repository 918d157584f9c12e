package org.anodyne.export;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.anodyne.bus.Envelope;
import org.anodyne.bus.Message;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.plugin.Command;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.anodyne.plugin.signal.StreamInfo;
import org.anodyne.record.RecordException;
import org.anodyne.record.RecordReader;
import org.anodyne.record.SessionMeta;

/** A record made by hand. */
final class FakeRecord implements RecordReader.Record {
    static final String PROTOCOL = """
            anodyne: 1
            id: closed-loop-tens
            title: Closed-loop TENS
            slots:
              eeg: {plugin: synthetic, parameters: {rate: 250 Hz}}
              alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {low: 8 Hz, high: 13 Hz}}
              pain: {plugin: pain-state, inputs: {features: [alpha/relative]}}
              loop: {plugin: closed-loop, inputs: {features: [pain/probability]}}
              tens: {plugin: tens-rehastim}
            phases:
              - {id: baseline, duration: 60 s, slots: [eeg]}
              - block:
                  repeat: 1
                  phases:
                    - id: treatment
                      duration: 120 s
                      slots: [eeg, alpha, pain, loop, tens]
                      triggers:
                        - id: pain-high
                          slot: loop
                          feature: pain/probability
                          above: 0.7
                          hold: 1 s
                          refractory: 5 s
                          perSession: 60
                          do: {slot: tens, action: burst, with: {amplitude: 10 mA}}
            """;

    final List<Message> messages = new ArrayList<>();
    final List<StreamInfo> streams = new ArrayList<>();
    final List<String> damage = new ArrayList<>();
    private final Map<Topic, Long> sequences = new HashMap<>();
    private SessionMeta meta;
    RecordException breaksWith;

    FakeRecord(String participant, String protocol) {
        meta = new SessionMeta(
                "lab",
                "20260102-P01",
                participant,
                protocol,
                "2026-01-02T03:04:05.250+01:00",
                "1",
                42,
                Map.of("band-power", "0.1.0 sha256:ab12", "org.anodyne.export", "0.1.0"),
                Map.of());
    }

    FakeRecord() {
        this("P01", PROTOCOL);
    }

    static StreamInfo stream(
            String slot, String name, String type, double rate, boolean synthetic, String... channels) {
        List<StreamInfo.Channel> all = new ArrayList<>();
        for (String c : channels) {
            String[] parts = c.split(" ");
            all.add(new StreamInfo.Channel(parts[0], parts[1]));
        }
        return new StreamInfo(slot, name, type, rate, all, synthetic);
    }

    FakeRecord declare(StreamInfo info) {
        streams.add(info);
        return this;
    }

    FakeRecord say(Topic.Kind kind, String slot, String name, Payload payload, long made, long acquired) {
        Topic topic = Topic.of("lab", "20260102-P01", kind, slot, name);
        long n = sequences.merge(topic, 1L, Long::sum);
        messages.add(new Message(topic, new Envelope(1, "host", n, made, acquired), payload, made + 1000));
        return this;
    }

    /** The next message on a topic is missing. */
    FakeRecord lose(Topic.Kind kind, String slot, String name) {
        sequences.merge(Topic.of("lab", "20260102-P01", kind, slot, name), 1L, Long::sum);
        return this;
    }

    FakeRecord block(StreamInfo s, long index, long startNanos, float... samples) {
        return say(
                Topic.Kind.SAMPLE,
                s.slot(),
                s.name(),
                new Payload.Samples(new SampleBlock(
                        s.name(), index, startNanos, s.rateHz(), s.channels().size(), samples)),
                startNanos,
                startNanos);
    }

    /** Blocks of a signal, the same in all channels. */
    FakeRecord signal(StreamInfo s, double from, double to, int blockLength, DoubleUnaryOperator value) {
        long first = Math.round(from * s.rateHz());
        long last = Math.round(to * s.rateHz());
        for (long i = first; i < last; i += blockLength) {
            int n = (int) Math.min(blockLength, last - i);
            float[] samples = new float[n * s.channels().size()];
            for (int k = 0; k < samples.length; k++) {
                samples[k] = (float) value.applyAsDouble((i + k / s.channels().size()) / s.rateHz());
            }
            block(s, i, Math.round(i * 1e9 / s.rateHz()), samples);
        }
        return this;
    }

    FakeRecord feature(String slot, String name, double seconds, double... values) {
        long t = nanos(seconds);
        return say(
                Topic.Kind.FEATURE, slot, name, new Payload.FeatureValue(new Feature(name, t, values)), t + 10_000, t);
    }

    FakeRecord event(String slot, String type, double seconds, Map<String, Object> attributes) {
        long t = nanos(seconds);
        return say(Topic.Kind.EVENT, slot, type, new Payload.Document(type, t, attributes), t, t);
    }

    FakeRecord state(String slot, double seconds, Map<String, Object> attributes) {
        long t = nanos(seconds);
        return say(Topic.Kind.STATE, slot, "", new Payload.Document("state", t, attributes), t, t);
    }

    FakeRecord phase(String id, int index, double start, double end) {
        return event(
                "session",
                "phase",
                start,
                Map.of("id", id, "index", (long) index, "repetition", 0L, "start", nanos(start), "end", nanos(end)));
    }

    FakeRecord decision(String trigger, double seconds, double measured, double limit, String verdict, String command) {
        long t = nanos(seconds);
        Map<String, Object> a = new HashMap<>();
        a.put("trigger", trigger);
        a.put("measured", measured);
        a.put("threshold", limit);
        a.put("verdict", verdict);
        a.put("phase", "treatment");
        a.put("command", command);
        return say(Topic.Kind.EVENT, "loop", "decision", new Payload.Document("decision", t, a), t + 1_000_000, t);
    }

    /** A command whose stages take 1 ms, 0.5 ms and the rest of the total. */
    FakeRecord fire(
            String command, double seconds, double totalMillis, Acknowledgement.Outcome outcome, String reason) {
        long t = nanos(seconds);
        decision("pain-high", seconds, 0.8, 0.7, "FIRED", command);
        say(
                Topic.Kind.COMMAND,
                "tens",
                "",
                new Payload.Request(new Command(command, "tens", "burst", Map.of("amplitude", 10.0), t, "pain-high")),
                t + 1_500_000,
                t);
        Map<String, Double> delivered = outcome == Acknowledgement.Outcome.EXECUTED
                ? Map.of("pulses", 100.0, "charge_uC", 200.0, "duration_s", 1.0)
                : Map.of();
        return say(
                Topic.Kind.ACK,
                "tens",
                "",
                new Payload.Reply(new Acknowledgement(command, outcome, reason, t + 2_000_000, delivered)),
                t + Math.round(totalMillis * 1e6),
                t);
    }

    static long nanos(double seconds) {
        return Math.round(seconds * 1e9);
    }

    @Override
    public SessionMeta meta() {
        return meta;
    }

    @Override
    public List<StreamInfo> streams() {
        return streams;
    }

    @Override
    public void messages(Consumer<Message> consumer) {
        messages.forEach(consumer);
        if (breaksWith != null) {
            throw breaksWith;
        }
    }

    @Override
    public List<String> damage() {
        return damage;
    }
}
