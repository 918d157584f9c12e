package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** A session whose parameters are chosen by what is told of the participant, from the command line to dataset and replay. */
@Tag("beside")
@Execution(ExecutionMode.CONCURRENT)
class ChosenTest {
    @TempDir
    Path folder;

    @Test
    void whatIsToldChoosesAndOnlyWhatIsUsedIsKept() throws Exception {
        Path protocol = Files.writeString(folder.resolve("chosen.yaml"), """
                anodyne: 1
                id: chosen
                slots:
                  eeg: {plugin: synthetic, parameters: {kind: eeg}}
                  alpha:
                    plugin: band-power
                    inputs: {samples: eeg}
                    parameters: {low: 8 Hz, high: 13 Hz}
                    chosenBy:
                      - {ageFrom: 65, parameters: {low: 7 Hz}}
                      - {interest: sea, parameters: {window: 4 s}}
                phases:
                  - {id: rest, duration: 20 s, slots: [eeg, alpha]}
                """);
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        Path none = folder.resolve("none");
        Anodyne.Ended refused =
                anodyne.run("session", protocol, "--participant", "P01", "--about", "age=700", "--out", none);
        assertEquals(2, refused.exit(), refused.output());
        assertTrue(refused.output().contains("age is 700; write whole years from 0 to 120"), refused.output());
        assertFalse(Files.exists(none));

        Path out = folder.resolve("out");
        Anodyne.Ended ended = anodyne.run(
                "session",
                protocol,
                "--participant",
                "P01",
                "--speed",
                "max",
                "--about",
                "age=70,sex=female",
                "--out",
                out);
        assertEquals(0, ended.exit(), ended.output());
        assertTrue(
                ended.output().contains("note: slot 'alpha' has low: 7 Hz by rule 1 of its chosenBy"), ended.output());
        assertTrue(ended.output().contains("it would choose by interest, too, which was not told"), ended.output());
        assertTrue(ended.output().contains("the protocol chooses nothing by sex; it is not kept"), ended.output());
        JsonNode summary = Anodyne.summary(out);
        assertEquals("{\"age\":70}", summary.path("about").toString());
        assertEquals(1, summary.path("chosen").get(0).path("rules").get(0).asInt());
        assertEquals("participant_id\tage\nsub-P01\t70\n", Files.readString(out.resolve("bids/participants.tsv")));
        Anodyne.Ended replayed = anodyne.run("replay", out, "--verify");
        assertEquals(0, replayed.exit(), replayed.output());
        assertTrue(replayed.output().contains("identical, bit for bit"), replayed.output());
    }
}
