package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.anodyne.session.ProtocolException;
import org.junit.jupiter.api.Test;

class YamlTextTest {
    private static String refusal(String text) {
        return assertTimeoutPreemptively(
                Duration.ofSeconds(20), () -> assertThrows(ProtocolException.class, () -> YamlText.read(text))
                        .getMessage());
    }

    @Test
    void knowsTheLineOfEverything() {
        YamlText text = YamlText.read("a: 1\nb:\n  - x\n  - {c: 2.0, d: [yes, true]}\n");
        assertEquals(1, text.lines().get("a"));
        assertEquals(3, text.lines().get("b[0]"));
        assertEquals(4, text.lines().get("b[1].c"));
        assertTrue(text.root().at("/b/1/c").isDouble());
        assertTrue(text.root().at("/a").isLong());
        assertTrue(text.root().at("/b/1/d/0").isTextual());
        assertTrue(text.root().at("/b/1/d/1").isBoolean());
    }

    @Test
    void refusesABillionLaughs() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a" + i + ": &a" + i + " [");
            bomb.append(("*a" + (i - 1) + ", ").repeat(9));
            bomb.append("]\n");
        }
        assertTrue(refusal(bomb.toString()).contains("more than 20 aliases"), refusal(bomb.toString()));
    }

    @Test
    void refusesAliasesThatExpandTooFar() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]\n");
        for (int i = 1; i < 10; i++) {
            bomb.append("a" + i + ": &a" + i + " [*a" + (i - 1) + ", *a" + (i - 1) + "]\n");
        }
        String wide = bomb.toString().replace("[1,", "[" + "0, ".repeat(2000) + "1,");
        assertTrue(refusal(wide).contains("expand to more than 20000 values"), refusal(wide));
    }

    @Test
    void refusesDeepNestingAndGreatLength() {
        assertTrue(refusal("a: " + "[".repeat(100_000)).contains("nested more than 40 deep"));
        assertTrue(refusal("a: " + "{b: ".repeat(50_000)).contains("nested more than 40 deep"));
        assertTrue(refusal("a: " + "x".repeat(2_000_000)).contains("characters"));
        assertTrue(refusal("a: [" + "1, ".repeat(30_000) + "]").contains("more than 20000 values"));
    }

    @Test
    void refusesAnAliasWithinItself() {
        assertTrue(refusal("a: &a [1, *a]").contains("itself a part of"));
    }

    @Test
    void refusesTwoDocumentsAndNone() {
        assertTrue(refusal("a: 1\n---\nb: 2\n").contains("not YAML"));
        assertTrue(refusal("").contains("the file is empty"));
        assertTrue(refusal("\t- a").contains("line 1"));
    }

    @Test
    void refusesNumbersThatAreNone() {
        assertTrue(refusal("a: .nan").contains("is no number that can be used here"));
        assertTrue(refusal("a: 1e999").contains("is no number that can be used here"));
        assertTrue(refusal("a: 99999999999999999999").contains("is no number that can be used here"));
    }
}
