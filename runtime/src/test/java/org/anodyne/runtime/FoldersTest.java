package org.anodyne.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FoldersTest {
    @TempDir
    Path folder;

    private Payload payload;

    @BeforeEach
    void aJar() throws IOException {
        payload = MadeJar.in(folder.resolve("dist"), Map.of("home/plugins/a.jar", "a", "home/etc/anodyne.json", "{}"));
    }

    @Test
    void whatStaysUpKeepsItsStateInItsHome() {
        Path home = folder.resolve("lab");
        Folders f = Folders.choose(Arguments.parse("--home", home.toString(), "run"), payload);
        assertEquals(home, f.home());
        assertEquals(home.resolve("var"), f.var());
        assertEquals(Optional.empty(), f.temporary());
        assertTrue(Files.isRegularFile(home.resolve("plugins/a.jar")));
        f.release();
        assertTrue(Files.isDirectory(home.resolve("var")), "nothing of the home is deleted");
    }

    @Test
    void whatEndsByItselfKeepsNothingButItsLog() throws IOException {
        Path home = folder.resolve("lab");
        Folders f = Folders.choose(Arguments.parse("--home", home.toString(), "check", "p.yaml"), payload);
        assertEquals(home, f.home());
        assertFalse(f.var().startsWith(home), "two commands may run at once from one home");
        assertEquals(home.resolve("var/log"), f.log());
        Files.writeString(Files.createDirectories(f.var().resolve("framework")).resolve("cache"), "x");
        f.release();
        assertFalse(Files.exists(f.temporary().orElseThrow()));
        assertTrue(Files.isRegularFile(home.resolve("etc/anodyne.json")));
        f.release();
    }

    @Test
    void aDistributionIsItsOwnHome() throws IOException {
        Path dist = payload.jar().getParent();
        Files.createDirectories(dist.resolve("plugins"));
        Folders f = Folders.choose(Arguments.parse("run"), payload);
        assertEquals(dist, f.home());
        assertEquals(Optional.empty(), f.temporary());
    }

    @Test
    void aJarAloneLeavesNothingBehind() {
        Folders f = Folders.choose(Arguments.parse("run"), payload);
        Path temporary = f.temporary().orElseThrow();
        assertTrue(f.home().startsWith(temporary));
        assertTrue(Files.isRegularFile(f.home().resolve("plugins/a.jar")));
        f.release();
        assertFalse(Files.exists(temporary));
        assertFalse(Files.exists(payload.jar().resolveSibling("var")));
    }

    @Test
    void aHomeThatCannotBeMadeIsSaidWithWhatToDo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        LaunchException refusal = assertThrows(
                LaunchException.class,
                () -> Folders.choose(
                        Arguments.parse("--home", file.resolve("lab").toString(), "run"), payload));
        assertTrue(refusal.getMessage().contains("--home"), refusal.getMessage());
    }
}
