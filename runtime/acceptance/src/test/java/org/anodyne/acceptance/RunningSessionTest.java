package org.anodyne.acceptance;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Things that happen to a session in real time: a swap, the death of the platform, the death of an outside broker. */
@Tag("alone")
@Isolated("a session on a busy machine misses its heartbeats")
class RunningSessionTest {
    @TempDir
    Path folder;

    private Path protocol(int seconds) throws IOException {
        return Files.writeString(folder.resolve("loop.yaml"), """
                anodyne: 1
                id: loop
                title: Closed loop
                seed: 7
                slots:
                  eeg: {plugin: synthetic, parameters: {channels: 8, rate: 250 Hz, episode: 3 s}}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {window: 1 s}}
                  loop: {plugin: closed-loop, inputs: {features: [alpha/relative]}}
                  act: {plugin: bench-actuator, afterLoss: {rearm: automatic, healthyFor: 1 s}}
                phases:
                  - id: only
                    duration: %d s
                    slots: [eeg, alpha, loop, act]
                    triggers:
                      - {id: low, slot: loop, feature: alpha/relative, below: 0.7, refractory: 500 ms, do: {slot: act, action: count}}
                """.formatted(seconds));
    }

    private Anodyne.Running started(Anodyne anodyne, int seconds, Path out) throws Exception {
        Anodyne.Running running = anodyne.start("session", protocol(seconds), "--participant", "P01", "--out", out);
        running.awaitLine(l -> l.startsWith("running"));
        return running;
    }

    @Test
    void aSwapFromAnotherTerminalLosesNothing() throws Exception {
        Path home = folder.resolve("home");
        Anodyne anodyne = new Anodyne(home);
        Path out = folder.resolve("out");
        try (Anodyne.Running running = started(anodyne, 25, out)) {
            Path next = Jars.withVersion(
                    home.resolve("plugins").resolve("band-power.jar"), folder.resolve("next.jar"), "9.9.9");
            Anodyne.Ended swapped = anodyne.run("swap", "alpha", next);
            assertEquals(0, swapped.exit(), swapped.output());
            Path broken = Files.writeString(folder.resolve("broken.jar"), "no jar");
            Anodyne.Ended refused = anodyne.run("swap", "alpha", broken);
            assertEquals(2, refused.exit(), refused.output());
            Anodyne.Ended ended = running.end();
            assertEquals(0, ended.exit(), ended.output());
        }
        JsonNode summary = Anodyne.summary(out);
        assertEquals(1, summary.path("swaps").asInt());
        assertEquals(0, summary.path("gaps").asInt());
        Recorded record = new Recorded(out.resolve("record"));
        record.assertNothingLostOrDoubled();
        assertEquals(25 * 250, record.samples("eeg/eeg"));
        assertEquals(
                "9.9.9",
                record.events("swap")
                        .get(0)
                        .path("attributes")
                        .path("toVersion")
                        .asText());
        // The decisions are those of an uninterrupted run.
        Anodyne.Ended same = anodyne.run("replay", out, "--verify");
        assertEquals(0, same.exit(), same.output());
    }

    @Test
    void aPersonPausesResumesAndStopsFromAnotherTerminal() throws Exception {
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        Path out = folder.resolve("out");
        Path segment = out.resolve("record").resolve("segment-001.xdf");
        Anodyne.Ended nobody = anodyne.run("pause");
        assertEquals(2, nobody.exit(), nobody.output());
        assertTrue(nobody.output().contains("no platform runs"), nobody.output());
        try (Anodyne.Running running = started(anodyne, 600, out)) {
            awaitExecution(segment);
            Anodyne.Ended paused = anodyne.run("pause", "--reason", "a break");
            assertEquals(0, paused.exit(), paused.output());
            running.awaitLine(l -> l.startsWith("paused"));
            Anodyne.Ended wrong = anodyne.run("resume", "eeg");
            assertEquals(2, wrong.exit(), wrong.output());
            assertTrue(wrong.output().contains("slot 'eeg' holds no actuator"), wrong.output());
            Anodyne.Ended resumed = anodyne.run("resume");
            assertEquals(0, resumed.exit(), resumed.output());
            assertTrue(resumed.output().contains("armed: act"), resumed.output());
            Anodyne.Ended stopped = anodyne.run("stop", "--reason", "the test is over");
            assertEquals(0, stopped.exit(), stopped.output());
            Anodyne.Ended ended = running.end();
            assertEquals(1, ended.exit(), ended.output());
            assertTrue(
                    ended.output().contains("note: emergency stop: the test is over; all actuators were made safe"),
                    ended.output());
        }
        JsonNode summary = Anodyne.summary(out);
        assertEquals("ABORTED", summary.path("outcome").asText(), summary.toString());
        Recorded record = new Recorded(out.resolve("record"));
        record.assertNothingLostOrDoubled();
        List<String> states = record.events("state").stream()
                .filter(s -> s.path("topic").asText().endsWith("state/session"))
                .map(s -> s.path("attributes").path("state").asText() + " "
                        + s.path("attributes").path("reason").asText())
                .toList();
        assertEquals(
                List.of(
                        "PREPARING ",
                        "READY ",
                        "RUNNING ",
                        "PAUSED a break",
                        "RUNNING resumed",
                        "PAUSED emergency stop: the test is over",
                        "ABORTED emergency stop: the test is over"),
                states);
        // Who asked for what, and what they were told, is in the record, too.
        List<JsonNode> requests = record.site("control/session");
        assertEquals(
                List.of("pause", "resume", "resume"),
                requests.subList(0, 3).stream()
                        .map(r -> r.path("attributes").path("action").asText())
                        .toList());
        String pause = requests.get(0).path("attributes").path("request").asText();
        assertTrue(
                record.site("control/reply").stream()
                        .map(r -> r.path("attributes"))
                        .anyMatch(a -> a.path("request").asText().equals(pause)
                                && a.path("ok").asBoolean()),
                "the reply to the pause is missing");
        assertTrue(
                record.site("stop").stream()
                        .anyMatch(stop ->
                                stop.path("attributes").path("reason").asText().equals("the test is over")),
                "the stop is missing");
        assertFalse(record.site("clock").isEmpty());
        assertTrue(
                record.site("plugin/band-power").stream()
                        .anyMatch(p -> p.path("attributes").path("inUse").asBoolean()),
                "that a plug-in came into use is missing");
        // Four commands came and went meanwhile: each has the plug-ins, and says nothing of them.
        assertTrue(
                record.site("plugin/band-power").stream()
                        .noneMatch(
                                p -> p.path("attributes").path("state").asText().equals("GONE")),
                () -> record.site("plugin/band-power").toString());
        assertTrue(record.site("lease").isEmpty());
    }

    @Test
    void theRecordOfAKilledPlatformOpensAndHasNoHoles() throws Exception {
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        Path out = folder.resolve("out");
        Path segment = out.resolve("record").resolve("segment-001.xdf");
        try (Anodyne.Running running = started(anodyne, 60, out)) {
            until("the record grows", () -> Files.size(segment) >= 100_000);
            running.kill();
        }
        Recorded record = new Recorded(out.resolve("record"));
        record.assertNothingLostOrDoubled();
        assertTrue(record.samples("eeg/eeg") > 250);
        assertFalse(record.events("phase").isEmpty());
        Anodyne.Ended replayed = anodyne.run("replay", out);
        assertEquals(0, replayed.exit(), replayed.output());
        assertTrue(replayed.output().contains("is incomplete"), replayed.output());
        assertTrue(replayed.output().contains("was not sealed: the session broke off"), replayed.output());
        Anodyne.Ended exported = anodyne.run("export", out, "--out", out);
        assertEquals(0, exported.exit(), exported.output());
        assertTrue(exported.output().contains("is incomplete"), exported.output());
        assertEquals("BROKEN", Anodyne.summary(out).path("outcome").asText());
        assertTrue(Files.exists(out.resolve("report.html")) && Files.isDirectory(out.resolve("bids")));
        Anodyne.Ended again = anodyne.run("export", out, "--out", out);
        assertEquals(2, again.exit(), again.output());
        assertTrue(again.output().contains("nothing was overwritten"), again.output());
    }

    @Test
    void anOutsideBrokerKilledForAWhileEndsNothingAndInhibitsTriggers() throws Exception {
        Path mosquitto = Path.of("/usr/sbin/mosquitto");
        Assumptions.assumeTrue(Files.isExecutable(mosquitto), "skipped: Mosquitto is not installed");
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Path settings = Files.createDirectories(folder.resolve("broker"));
        Path configuration = Files.writeString(settings.resolve("mosquitto.conf"), """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence true
                persistence_location %s/
                autosave_on_changes true
                autosave_interval 1
                max_topic_alias 0
                user root
                """.formatted(port, settings));
        Path home = folder.resolve("home");
        Files.createDirectories(home.resolve("etc"));
        Files.writeString(home.resolve("etc").resolve("anodyne.json"), """
                {
                  ":configurator:resource-version": 1,
                  ":configurator:symbolic-name": "org.anodyne.settings",
                  ":configurator:version": "1.0.0",
                  "org.anodyne.broker": {"enabled": false},
                  "org.anodyne.bus": {"uri": "tcp://127.0.0.1:%d", "site": "lab"}
                }
                """.formatted(port));
        Path out = folder.resolve("out");
        Process broker = broker(mosquitto, configuration);
        try (Anodyne.Running running = started(new Anodyne(home), 30, out)) {
            awaitExecution(out.resolve("record").resolve("segment-001.xdf"));
            broker.destroyForcibly().waitFor();
            // The outage is the subject: ten seconds without a broker.
            assertFalse(running.process().waitFor(10, TimeUnit.SECONDS), "the session ended with its broker");
            broker = broker(mosquitto, configuration);
            Anodyne.Ended ended = running.end();
            assertEquals(0, ended.exit(), ended.output());
        } finally {
            broker.destroyForcibly().waitFor();
        }
        Recorded record = new Recorded(out.resolve("record"));
        assertEquals(0, record.missing(), "messages are missing");
        assertEquals(30 * 250, record.samples("eeg/eeg"), "samples");
        assertTrue(
                record.events("acknowledgement").stream()
                        .anyMatch(a -> a.path("outcome").asText().equals("REFUSED")),
                "nothing was refused during the outage");
    }

    private static void awaitExecution(Path segment) throws Exception {
        until("a command is executed before the outage", () -> Files.readString(segment, StandardCharsets.ISO_8859_1)
                .contains("\"EXECUTED\""));
    }

    private static Process broker(Path mosquitto, Path configuration) throws IOException {
        return new ProcessBuilder(mosquitto.toString(), "-c", configuration.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
