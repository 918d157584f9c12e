package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anodyne.session.engine.fake.FakePlugins;
import org.junit.jupiter.api.Test;

/** Scenes and the display that shows them. */
class SceneSlipTest extends ProtocolSlips {
    static Stream<Slip> slips() {
        return Stream.of(
                slip(
                        "a scene that nothing shows",
                        "nrs: {plugin: nrs}",
                        "nrs: {plugin: nrs}\n  sea: {plugin: world}",
                        16,
                        "slot 'sea' draws a world that nothing shows; add a slot with a display"),
                slip(
                        "two displays",
                        "nrs: {plugin: nrs}",
                        "nrs: {plugin: nrs}\n  one: {plugin: screen}\n  two: {plugin: screen}",
                        17,
                        "slots 'one' and 'two' are both displays; a session has one"));
    }

    private static final String SLOTS =
            "nrs: {plugin: nrs}\n  sea: {plugin: world}\n  wood: {plugin: world}\n  show: {plugin: screen}";

    private static String running(String slots) {
        return GOOD.replace("nrs: {plugin: nrs}", SLOTS).replace("slots: [eeg, alpha, loop]", "slots: [" + slots + "]");
    }

    @Test
    void onlyOneSceneIsSeenAtATime() {
        assertEquals(
                List.of(
                        "line 23: phases[0].slots: phase 'baseline' runs the scenes [sea, wood], but only one can be seen"
                                + " at a time"),
                faults(running("eeg, alpha, loop, sea, wood, show"), Map.of()).stream()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void aPhaseWithASceneNeedsTheDisplay() {
        assertEquals(
                List.of(
                        "line 23: phases[0].slots: phase 'baseline' runs the scene 'sea' without the display 'show'; add it"
                                + " to its slots"),
                faults(running("eeg, alpha, loop, sea"), Map.of()).stream()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void aSceneBeforeADisplayIsRead() {
        assertEquals(
                9,
                new ProtocolReader(FakePlugins.installed())
                        .compile(running("eeg, alpha, loop, sea, show"), Map.of())
                        .slots()
                        .size());
    }
}
