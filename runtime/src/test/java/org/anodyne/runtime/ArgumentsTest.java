package org.anodyne.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    @Test
    void theHomeIsTheLaunchersAndTheRestTheCommands() {
        Arguments a = Arguments.parse("--home", "there", "session", "a b.yaml", "--home", "not mine");
        assertEquals(Optional.of(Path.of("there")), a.home());
        assertEquals(List.of("session", "a b.yaml", "--home", "not mine"), a.words());
        assertEquals("session", a.name());
    }

    @Test
    void withoutAHomeEverythingIsTheCommands() {
        Arguments a = Arguments.parse("plugins", "--json");
        assertEquals(Optional.empty(), a.home());
        assertEquals(List.of("plugins", "--json"), a.words());
    }

    @Test
    void nothingTypedIsNoCommand() {
        assertEquals("", Arguments.parse().name());
        assertEquals("", Arguments.parse("--home", "there").name());
        assertFalse(Arguments.parse().staysUp());
    }

    @Test
    void onlyRunStaysUp() {
        assertTrue(Arguments.parse("run").staysUp());
        assertTrue(Arguments.parse("--home", "there", "run").staysUp());
        assertFalse(Arguments.parse("session", "run").staysUp());
    }

    @Test
    void aHomeWithoutItsFolderIsRefused() {
        LaunchException refusal = assertThrows(LaunchException.class, () -> Arguments.parse("--home"));
        assertTrue(refusal.getMessage().contains("--home DIR"), refusal.getMessage());
    }

    @Test
    void theHomeOfARunMayStandBehindIt() {
        Arguments run = Arguments.parse("run", "--port", "0", "--home", "lab");
        assertEquals(Path.of("lab"), run.home().orElseThrow());
        assertEquals(List.of("run", "--port", "0"), run.words());
        assertThrows(LaunchException.class, () -> Arguments.parse("run", "--home"));
    }
}
