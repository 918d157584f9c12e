package org.anodyne.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.anodyne.plugin.scene.MirrorPicture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What pause, resume and stop ask of a running platform, and what they make of its answer. */
class RemoteCommandsTest {
    @TempDir
    Path home;

    private final List<String> asked = new ArrayList<>();
    private Map<String, Object> answer = Map.of("ok", true, "message", "done");
    private Optional<MirrorPicture> picture = Optional.empty();
    private final StringWriter said = new StringWriter();

    private final Asking asking = new Asking() {
        @Override
        public Map<String, Object> ask(RunningMark.Running platform, String action, Map<String, Object> attributes) {
            asked.add(platform.uri() + " " + action + " " + attributes);
            return answer;
        }

        @Override
        public Optional<MirrorPicture> mirror(RunningMark.Running platform, String session, Duration patience) {
            asked.add(platform.uri() + " mirror " + session);
            return picture;
        }

        @Override
        public void stop(RunningMark.Running platform, String reason) {
            asked.add(platform.uri() + " stop! " + reason);
        }
    };

    /** A platform with the pid of a process that lives. */
    private void runs(long pid, String uri) throws IOException {
        Path folder = Files.createDirectories(home.resolve("var").resolve("running"));
        Files.writeString(
                folder.resolve(pid + ".json"),
                "{\"pid\": " + pid + ", \"uri\": \"" + uri + "\", \"site\": \"lab\", \"what\": \"participant of " + uri
                        + "\"}");
    }

    private int run(Callable<Integer> command, String... words) {
        CommandLine line = new CommandLine(command);
        line.setOut(new PrintWriter(said, true));
        line.setErr(new PrintWriter(said, true));
        line.setExecutionExceptionHandler((e, l, parsed) -> {
            l.getErr().println(e.getMessage());
            return e instanceof CommandFailure f ? f.exit() : 99;
        });
        return line.execute(words);
    }

    private int pause(String... words) {
        return run(new PauseCommand(() -> home, asking), words);
    }

    private int resume(String... words) {
        return run(new ResumeCommand(() -> home, asking), words);
    }

    private int stop(String... words) {
        return run(new StopCommand(() -> home, asking), words);
    }

    private static long here() {
        return ProcessHandle.current().pid();
    }

    @Test
    void theySayWhenNoPlatformRuns() {
        assertEquals(2, pause());
        assertEquals(2, resume());
        assertEquals(2, stop());
        assertTrue(said.toString().contains("no platform runs from " + home), said.toString());
        assertEquals(List.of(), asked);
    }

    @Test
    void theyAskTheOneThatRuns() throws IOException {
        runs(here(), "tcp://a");
        assertEquals(0, pause("--reason", "a break"));
        assertEquals(0, resume());
        assertEquals(0, resume("tens", "light"));
        assertEquals(
                List.of("tcp://a pause {reason=a break}", "tcp://a resume {}", "tcp://a resume {slots=[tens, light]}"),
                asked);
        assertEquals("done\ndone\ndone\n", said.toString().replace("\r\n", "\n"));
    }

    @Test
    void theOperatorRecentresAndSaysSomething() throws IOException {
        runs(here(), "tcp://a");
        assertEquals(0, run(new RecentreCommand(() -> home, asking), "--by", "A"));
        assertEquals(0, run(new TellCommand(() -> home, asking), "All is well"));
        assertEquals(0, run(new TellCommand(() -> home, asking), "Breathe", "--seconds", "5", "--by", "B"));
        assertEquals("tcp://a recentre {by=A}", asked.get(0));
        assertTrue(asked.get(1).contains("text=All is well") && !asked.get(1).contains("seconds"), asked.get(1));
        assertTrue(asked.get(2).contains("seconds=5.0") && asked.get(2).contains("by=B"), asked.get(2));
    }

    @Test
    void aPictureIsWrittenWholeOrNotAtAll() throws IOException {
        runs(here(), "tcp://a");
        Path file = home.resolve("pictures").resolve("now.jpg");
        assertEquals(2, run(new MirrorCommand(() -> home, asking), "--out", "now.png"));
        answer = Map.of("ok", true, "message", "", "session", "S-1");
        assertEquals(1, run(new MirrorCommand(() -> home, asking), "--out", file.toString()));
        assertTrue(said.toString().contains("parameter 'mirror' is 0"), said.toString());
        assertTrue(Files.notExists(file.getParent()));
        picture = Optional.of(new MirrorPicture(1, 2, 480, 270, new byte[] {1, 2, 3}));
        assertEquals(0, run(new MirrorCommand(() -> home, asking), "--out", file.toString()));
        assertArrayEquals(new byte[] {1, 2, 3}, Files.readAllBytes(file));
        try (var left = Files.list(file.getParent())) {
            assertEquals(1, left.count());
        }
        assertEquals("tcp://a mirror S-1", asked.get(asked.size() - 1));
        answer = Map.of("ok", false, "message", "no session runs here");
        assertEquals(2, run(new MirrorCommand(() -> home, asking), "--out", file.toString()));
    }

    @Test
    void aStopIsCalledBeforeTheSessionIsEnded() throws IOException {
        runs(here(), "tcp://a");
        assertEquals(0, stop("--reason", "smoke"));
        assertEquals(List.of("tcp://a stop! smoke", "tcp://a abort {reason=emergency stop: smoke}"), asked);
        assertTrue(said.toString().contains("actuators safe"), said.toString());
    }

    @Test
    void refusalsAreBadInputAndFailuresToArmAreFailures() throws IOException {
        runs(here(), "tcp://a");
        answer = Map.of("ok", false, "message", "no session runs here");
        assertEquals(2, pause());
        assertEquals(2, stop());
        assertTrue(said.toString().contains("no session runs here"), said.toString());
        answer = Map.of("ok", false, "message", "not armed: tens: switch it on", "notArmed", List.of("tens"));
        assertEquals(1, resume());
        assertTrue(said.toString().contains("switch it on"), said.toString());
    }

    @Test
    void withSeveralPlatformsOneIsChosenButAStopIsForAll() throws IOException {
        long other = ProcessHandle.current().parent().orElseThrow().pid();
        runs(here(), "tcp://a");
        runs(other, "tcp://b");
        assertEquals(2, pause());
        assertTrue(said.toString().contains("choose one with --pid"), said.toString());
        assertTrue(said.toString().contains(here() + " (participant of tcp://a)"), said.toString());
        assertTrue(said.toString().contains(other + " (participant of tcp://b)"), said.toString());
        assertEquals(0, pause("--pid", Long.toString(other)));
        assertEquals(List.of("tcp://b pause {reason=an operator paused it}"), asked);
        asked.clear();
        assertEquals(0, stop());
        assertEquals(2, asked.stream().filter(a -> a.contains("stop!")).count(), asked.toString());
    }

    @Test
    void eachHasHelp() {
        assertEquals(0, pause("--help"));
        assertEquals(0, resume("--help"));
        assertEquals(0, stop("--help"));
        assertTrue(said.toString().contains("Usage: resume"), said.toString());
    }

    @Test
    void eachProblemIsToldOnce() {
        List<String> told = new ArrayList<>();
        Notes notes = new Notes(told::add);
        notes.tell(List.of("a"));
        notes.tell(List.of("a", "b"));
        notes.tell(List.of("b", "a"));
        assertEquals(List.of("a", "b"), told);
    }
}
