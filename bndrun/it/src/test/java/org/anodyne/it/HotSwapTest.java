package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anodyne.host.SwapReport;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.junit.Test;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/** Replaces what is at work in a running session. */
@ExamReactorStrategy(PerClass.class)
public class HotSwapTest extends InTheFramework {
    private static final int SECONDS = 8;

    @Test
    public void aProcessorIsReplacedAndNoBlockFeatureOrDecisionIsLost() throws Exception {
        Lab lab = new Lab(context);
        Path protocol = lab.closedLoop(SECONDS);
        RunningSession session = lab.started(protocol, Duration.ofSeconds(3));
        Path next =
                Jars.withVersion(lab.plugin("band-power"), lab.folder("next").resolve("next.jar"), "1.0.0");
        SwapReport report =
                session.swap("alpha", next).toCompletableFuture().get(Lab.SOON.toSeconds(), TimeUnit.SECONDS);
        assertEquals("1.0.0", report.toVersion());
        assertTrue("the state was not handed over", report.handedOver());
        assertEquals(0, report.gapNanos());
        Recorded record = lab.completed(session);
        assertEquals(List.of("1.0.0"), record.attributes("swap", "toVersion"));
        assertEquals(List.of(), record.events("gap"));
        assertAsUninterrupted(lab, protocol, record);
    }

    @Test
    public void theDecoderIsReplacedWithinABlockAndEachDecisionSaysWhichVersionGaveIt() throws Exception {
        Lab lab = new Lab(context);
        Path protocol = lab.decoder(SECONDS);
        RunningSession session = lab.started(protocol, Duration.ofMillis(SECONDS * 1000 / 4));
        lab.awaitExecution(session);
        Path next =
                Jars.withVersion(lab.plugin("pain-state"), lab.folder("next").resolve("next.jar"), "1.0.0");
        SwapReport report =
                session.swap("pain", next).toCompletableFuture().get(Lab.SOON.toSeconds(), TimeUnit.SECONDS);
        assertTrue("the state was not handed over", report.handedOver());
        SessionEngine.Result result = lab.result(session);
        assertEquals(List.of(), Lab.problems(result));
        Recorded record = lab.record(result);
        record.assertNothingLostOrDoubled();
        assertEquals(List.of(), record.events("gap"));
        assertEquals(SECONDS * 250, record.samples("body", "eeg"));
        assertEquals(SECONDS * 250, record.samples("body", "eda"));
        // The version changes once, at the same value for features and decisions, and the swap tells both hashes.
        List<String> versions = record.attributes("decision", "version").stream()
                .map(Object::toString)
                .toList();
        List<String> distinct = versions.stream().distinct().toList();
        assertEquals(versions.toString(), 2, distinct.size());
        assertEquals("it changes once", versions.lastIndexOf(distinct.get(0)) + 1, versions.indexOf(distinct.get(1)));
        for (int i = 0; i < 2; i++) {
            String sha256 = record.attributes("swap", i == 0 ? "fromSha256" : "toSha256")
                    .get(0)
                    .toString();
            String version = i == 0 ? report.fromVersion() : "1.0.0";
            assertEquals(version + " sha256:" + sha256.substring(0, 12), distinct.get(i));
        }
        assertEquals("the model is named once", 1, record.events("decoder").size());
        // What was decided is what an undisturbed run decides, and what a replay finds.
        Recorded same = lab.completed(lab.start(protocol, Double.POSITIVE_INFINITY));
        assertEquals(same.features("pain"), record.features("pain"));
        assertEquals(same.decisions(), record.decisions());
        SessionEngine.ReplayReport replay = lab.engine().replay(result.record(), true);
        assertEquals(replay.toString(), 0, replay.differences());
        assertEquals(record.decisions().size(), replay.decisions());
    }

    @Test
    public void theRecorderIsReplacedAndNoRecordIsLost() throws Exception {
        Lab lab = new Lab(context);
        Path protocol = lab.closedLoop(SECONDS);
        RunningSession session = lab.started(protocol, Duration.ofSeconds(2));
        Path next = Jars.withVersion(
                lab.platformJar("org.anodyne.recorder"), lab.folder("next").resolve("next.jar"), "1.0.0");
        Path dropped = lab.drop(next, "recorder.jar");
        Lab.await("the new recorder is at work", () -> Files.exists(lab.segment(session, 2)));
        // The old one may go now.
        lab.bundles("org.anodyne.recorder").get(0).stop();
        SessionEngine.Result result = lab.result(session);
        assertEquals(List.of(), Lab.problems(result));
        assertFalse("a third segment", Files.exists(lab.segment(session, 3)));
        Recorded record = lab.record(result);
        assertAsUninterrupted(lab, protocol, record);
        lab.bundles("org.anodyne.recorder").get(0).start();
        Files.delete(dropped);
        Lab.await(
                "the new recorder has gone",
                () -> lab.bundles("org.anodyne.recorder").size() == 1);
    }

    /** Everything is there, once, and as in a run of the same protocol in virtual time that nothing disturbed. */
    private static void assertAsUninterrupted(Lab lab, Path protocol, Recorded record) throws Exception {
        record.assertNothingLostOrDoubled();
        assertEquals(SECONDS * 250, record.samples("eeg"));
        assertTrue("nothing was executed", record.acknowledged(Outcome.EXECUTED) > 0);
        assertEquals(record.commands(), record.acknowledged(Outcome.EXECUTED) + record.acknowledged(Outcome.REFUSED));
        Recorded same = lab.completed(lab.start(protocol, Double.POSITIVE_INFINITY));
        assertFalse(same.decisions().isEmpty());
        assertEquals(same.features("alpha"), record.features("alpha"));
        assertEquals(same.decisions(), record.decisions());
    }

    /** What is stopped first is needed by nothing that is stopped later. */
    @Test
    public void everyPlugInIsStoppedInTurnAndTheOthersGoOn() throws Exception {
        Lab lab = new Lab(context);
        RunningSession session = lab.started(lab.everything(60), Duration.ofSeconds(2));
        lab.stopAndLose(session, "skin-conductance", "scr");
        lab.stopAndLose(session, "ratings", "nrs");
        lab.stopAndLose(session, "pain-state", "pain");
        lab.stopAndLose(session, "band-power", "alpha");
        assertEquals("a processor is missed without a pause", SessionState.RUNNING, session.state());
        lab.bundleOf("org.anodyne.plugin.file-replay").stop();
        lab.bundleOf("org.anodyne.plugin.tens-rehastim").stop();
        lab.stopAndLose(session, "closed-loop", "loop");
        Lab.await("the session pauses for its intervention", () -> session.state() == SessionState.PAUSED);
        session.resume();
        Lab.await("it goes on without it", () -> session.state() == SessionState.RUNNING);
        lab.bundleOf("org.anodyne.bench").stop();
        Lab.await("the session pauses for its actuator", () -> session.state() == SessionState.PAUSED);
        session.resume();
        Lab.await("it goes on without it", () -> session.state() == SessionState.RUNNING);
        Duration then = session.progress().elapsed().plusSeconds(1);
        Lab.awaitElapsed(session, then);
        lab.bundleOf("org.anodyne.plugin.synthetic").stop();
        Lab.await("the session pauses for its sources", () -> session.state() == SessionState.PAUSED);
        session.abort("the test is over");
        SessionEngine.Result result = lab.resultOf(session);
        assertEquals(SessionState.ABORTED, result.state());
        assertEquals("the test is over", result.reason());
        Recorded record = lab.record(result);
        record.assertNothingLostOrDoubled();
        assertTrue(record.samples("eeg") >= then.minusSeconds(1).toSeconds() * 250);
        record.samples("eda");
        for (String slot : List.of("scr", "nrs", "pain", "alpha", "loop", "act", "eeg", "eda")) {
            assertTrue(
                    slot + " was not reported as lost",
                    record.states(slot).stream().anyMatch(s -> "LOST".equals(s.get("state"))));
        }
        // Armed at the start and again by each word of a person; each loss that concerns it disarmed it.
        List<Boolean> armed = record.armed("act");
        assertTrue(armed.toString(), armed.contains(true));
        assertEquals(armed.toString(), false, armed.get(armed.size() - 1));
        long lost = record.events("slot-lost").stream()
                .filter(e -> "closed-loop".equals(e.attributes().get("plugin")))
                .findFirst()
                .orElseThrow()
                .timeNanos();
        assertTrue(record.acknowledgements(Outcome.EXECUTED).stream().allMatch(a -> a.timeNanos() <= lost));
    }
}
