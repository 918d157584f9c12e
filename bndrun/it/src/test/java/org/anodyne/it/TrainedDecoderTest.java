package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.record.DecoderTrainer;
import org.anodyne.record.RecordReader;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.SessionState;
import org.junit.Test;
import org.ops4j.pax.exam.spi.reactors.ExamReactorStrategy;
import org.ops4j.pax.exam.spi.reactors.PerClass;

/**
 * From calibration to closed loop, by the examples as they ship but for their length, the rate of false triggers, which a short
 * calibration cannot tell better, and what is triggered: an actuator that counts stands for TENS unit and world. In virtual time.
 */
@ExamReactorStrategy(PerClass.class)
public class TrainedDecoderTest extends InTheFramework {
    /** For a session of minutes in virtual time on a machine that is busy. */
    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private static final String DECODER =
            "pain:    {plugin: pain-state, inputs: {features: [alpha/relative, scr/phasic]}}";

    private static String example(String name) throws Exception {
        for (Path p = Path.of("").toAbsolutePath(); p != null; p = p.getParent()) {
            if (Files.isDirectory(p.resolve("docs/examples"))) {
                return Files.readString(p.resolve("docs/examples").resolve(name));
            }
        }
        throw new IllegalStateException("this test runs below the checkout");
    }

    private static String with(String text, String what, String instead) {
        assertTrue("'" + what + "' is not in the example", text.contains(what));
        return text.replace(what, instead);
    }

    private static SessionEngine.Result run(Lab lab, Path protocol, Path out) throws Exception {
        SessionEngine.Result result = lab.engine()
                .start(new SessionEngine.Request(
                        protocol, "P01", Map.of(), Double.POSITIVE_INFINITY, out, true, Map.of(), true))
                .await(PATIENCE);
        assertEquals(result.toString(), SessionState.COMPLETED, result.state());
        assertEquals(List.of(), Lab.problems(result));
        return result;
    }

    @Test
    public void aDecoderIsCalibratedTrainedFrozenAndDrivesALoop() throws Exception {
        Lab lab = new Lab(context);
        Path folder = lab.folder("decoder");
        String calibration = with(example("decoder-calibration.yaml"), "duration: 20 min", "duration: 8 min");
        calibration = with(calibration, "permutations: 200", "permutations: 20");
        SessionEngine.Result calibrated = run(
                lab, Files.writeString(folder.resolve("calibration.yaml"), calibration), folder.resolve("calibration"));

        Path model = folder.resolve("model.json");
        Map<String, Object> trained = lab.service(DecoderTrainer.class)
                .train(
                        List.of(new DecoderTrainer.Source(
                                lab.service(RecordReader.class).open(calibrated.record()), calibrated.record())),
                        "",
                        model,
                        folder.resolve("model.html"));
        Map<?, ?> figures = (Map<?, ?>) trained.get("figures");
        double auc = ((Number) figures.get("auc")).doubleValue();
        assertTrue("a participant whose alpha and skin tell of pain is told apart, but AUC is " + auc, auc > 0.7);
        assertEquals(true, trained.get("simulated"));

        String sha256 = String.valueOf(trained.get("sha256"));
        String loop = with(
                example("decoder-loop.yaml"),
                DECODER,
                DECODER.substring(0, DECODER.length() - 1) + ", parameters: {model: {file: model.json, sha256: "
                        + sha256 + "}}}");
        loop = with(loop, "{falseTriggers: 12 1/h}", "{falseTriggers: 240 1/h}");
        loop = with(loop, "duration: 5 min", "duration: 3 min");
        loop = loop.replaceAll(
                        "(?m)^  tens: .*$",
                        "  tens:    {plugin: bench-actuator, afterLoss: {rearm: automatic, healthyFor: 1 s}}")
                .replaceAll("(?m)^  (garden|display): .*\\n", "")
                .replace(", garden, display", "")
                .replaceAll("(?m)^          - \\{slot: tens.*$", "          - {slot: tens, action: count}")
                .replaceAll("(?m)^          - \\{slot: garden.*\\n", "")
                .replaceAll("(?m)^( *do: )\\{slot: garden.*$", "$1{slot: tens, action: count}");
        SessionEngine.Result ran =
                run(lab, Files.writeString(folder.resolve("loop.yaml"), loop), folder.resolve("loop"));
        Recorded record = lab.record(ran);
        record.assertNothingLostOrDoubled();
        assertEquals("the model is named once", List.of(sha256), record.attributes("decoder", "model"));
        List<Object> triggers = record.attributes("decision", "trigger");
        assertTrue("the decoder never fired: " + triggers, triggers.contains("pain-high"));
        assertTrue("the estimate was never low: " + triggers, triggers.contains("pain-low"));
        assertTrue(record.commands() > 0);
        assertTrue("nothing was executed", record.acknowledged(Outcome.EXECUTED) > 0);
        assertEquals(record.commands(), record.acknowledged(Outcome.EXECUTED) + record.acknowledged(Outcome.REFUSED));
        SessionEngine.ReplayReport replay = lab.engine().replay(ran.record(), true);
        assertEquals(replay.toString(), 0, replay.differences());
        assertEquals(record.decisions().size(), replay.decisions());
    }
}
