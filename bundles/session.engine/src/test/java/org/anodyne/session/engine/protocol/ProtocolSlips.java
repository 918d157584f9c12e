package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.anodyne.session.ProtocolException;
import org.anodyne.session.SessionEngine.Fault;
import org.anodyne.session.engine.fake.FakePlugins;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One bad protocol per slip: the line it stands in, and the words a lab gets. Subclasses list the slips of one subject. */
abstract class ProtocolSlips {
    /** A protocol without faults; every case changes one thing in it. Lines are counted from 1. */
    static final String GOOD = """
            anodyne: 1
            id: catalogue
            seed: 42
            slots:
              eeg:
                plugin: synthetic
                parameters: {amplitude: 20 uV}
              alpha:
                plugin: mean
                inputs: {samples: eeg}
                parameters:
                  low: 8 Hz
              loop: {plugin: loop, inputs: {features: [alpha/mean]}}
              tens: {plugin: tens}
              nrs: {plugin: nrs}
              other: {plugin: external, features: [{name: arousal}]}
            phases:
              - id: baseline
                duration: 60 s
                slots: [eeg, alpha, loop]
              - id: treatment
                duration: 2 min
                slots: [eeg, alpha, loop, tens, nrs]
                parameters: {eeg: {amplitude: 30 uV}}
                triggers:
                  - id: high
                    slot: loop
                    feature: alpha/mean
                    above: {baseline: baseline, factor: 1.2}
                    hold: 1 s
                    refractory: 5 s
                    perMinute: 6
                    do:
                      slot: tens
                      action: burst
                      with: {amplitude: 10 mA, pulseWidth: 200 us}
                ratings:
                  - {slot: nrs, item: pain, at: end}
              - block:
                  repeat: 2
                  order: random
                  phases:
                    - {id: one, duration: 10 s, slots: [eeg]}
                    - {id: two, duration: 500 ms, slots: []}
            """;

    /**
     * One thing that is wrong.
     *
     * @param from what of the good protocol is replaced
     * @param line where the fault is told, counted from 1
     * @param words what it says, in part
     */
    record Slip(String name, String from, String to, int line, String words) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Slip slip(String name, String from, String to, int line, String words) {
        return new Slip(name, from, to, line, words);
    }

    @ParameterizedTest
    @MethodSource("slips")
    void isToldWithItsLine(Slip c) {
        assertTrue(GOOD.contains(c.from), "the case changes nothing");
        String text = GOOD.replace(c.from, c.to);
        List<Fault> faults = faults(text, Map.of());
        assertTrue(
                faults.stream().anyMatch(f -> f.line() == c.line && f.message().contains(c.words)),
                "wanted line " + c.line + ": " + c.words + "\n got " + faults);
        List<Integer> lines = faults.stream().map(Fault::line).toList();
        assertEquals(lines.stream().sorted().toList(), lines, "in the order of lines");
    }

    static List<Fault> faults(String text, Map<String, String> inputs) {
        try {
            new ProtocolReader(FakePlugins.installed()).compile(text, inputs);
            return List.of();
        } catch (ProtocolException e) {
            return e.faults();
        }
    }
}
