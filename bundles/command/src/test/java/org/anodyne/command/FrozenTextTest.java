package org.anodyne.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FrozenTextTest {
    private static final String HASH = "a".repeat(64);
    private static final String MODEL = "model: {file: 'm.json', sha256: " + HASH + "}";

    private static String frozen(String text) {
        return FrozenText.with(text, "pain", "m.json", HASH);
    }

    @Test
    void everythingElseStaysAsItWasWritten() {
        String block = """
                # Ä comment
                slots:
                  eeg: {plugin: synthetic} # another
                  pain:
                    plugin: pain-state
                    parameters:
                      lag: 250 ms # kept
                phases: []
                """;
        assertEquals(block.replace("      lag", "      " + MODEL + "\n      lag"), frozen(block));
        String flow = "slots:\n  pain: {plugin: pain-state, parameters: {lag: 1 s}}\n";
        assertEquals(flow.replace("{lag", "{" + MODEL + ", lag"), frozen(flow));
        String none = "slots:\n  pain: {plugin: pain-state}\n";
        assertEquals(none.replace("{plugin", "{parameters: {" + MODEL + "}, plugin"), frozen(none));
        assertEquals(
                "slots:\n  pain:\n    parameters: {" + MODEL + "}\n    plugin: p\n",
                frozen("slots:\n  pain:\n    plugin: p\n"));
    }

    @Test
    void anotherModelTakesTheFirstOnesPlace() {
        String once = frozen("slots:\n  pain: {plugin: pain-state}\n");
        String again = FrozenText.with(once, "pain", "it's new.json", "b".repeat(64));
        assertEquals(once.replace("'m.json'", "'it''s new.json'").replace(HASH, "b".repeat(64)), again);
    }

    @Test
    void aSlotThatIsNotThereIsTold() {
        String told = assertThrows(CommandFailure.class, () -> frozen("slots: {eeg: {plugin: x}}"))
                .getMessage();
        assertTrue(told.contains("no slot 'pain'"), told);
    }
}
