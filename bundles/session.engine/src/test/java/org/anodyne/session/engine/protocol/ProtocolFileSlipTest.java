package org.anodyne.session.engine.protocol;

import java.util.stream.Stream;

/** The file as a whole: its keys and values, its blocks, its form. */
class ProtocolFileSlipTest extends ProtocolSlips {
    static Stream<Slip> slips() {
        return Stream.of(
                slip("repeated never", "repeat: 2", "repeat: 0", 40, "is 0 but must be at least 1"),
                slip(
                        "unknown order",
                        "order: random",
                        "order: shuffled",
                        41,
                        "is 'shuffled' but must be one of: given, random"),
                slip(
                        "unknown key",
                        "duration: 60 s",
                        "duration: 60 s\n    trigers: []",
                        20,
                        "'trigers' is not known here; did you mean 'triggers'?"),
                slip("key twice", "seed: 42", "seed: 42\nseed: 43", 4, "'seed' stands here twice, first in line 3"),
                slip("other format", "anodyne: 1", "anodyne: 2", 1, "is 2 but must be 1"),
                slip(
                        "no phases",
                        ProtocolSlips.GOOD.substring(ProtocolSlips.GOOD.indexOf("phases:")),
                        "",
                        1,
                        "the protocol has no phases"),
                slip(
                        "not YAML",
                        "parameters: {amplitude: 20 uV}",
                        "parameters: {amplitude: 20 uV",
                        8,
                        "this is not YAML"),
                slip("tag", "id: catalogue", "id: !!java.lang.Runtime catalogue", 2, "is not understood; leave it out"),
                slip("number for an id", "id: catalogue", "id: 17", 2, "'id' is the number 17 but must be a text"),
                slip("negative seed", "seed: 42", "seed: -1", 3, "is -1 but must be at least 0"));
    }
}
