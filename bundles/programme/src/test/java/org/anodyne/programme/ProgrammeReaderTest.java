package org.anodyne.programme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProgrammeReaderTest {
    @TempDir
    Path folder;

    private List<String> faults() {
        return assertThrows(ProgrammeException.class, () -> ProgrammeReader.read(folder)).faults().stream()
                .map(Fault::toString)
                .toList();
    }

    @Test
    void aSmallProgrammeIsRead() throws IOException {
        SmallProgramme.write(folder);
        Programme p = ProgrammeReader.read(folder);
        assertEquals("small", p.id());
        assertEquals(2, p.frames().get(0).meetings().size());
        assertEquals(9, p.lessons().get("one").words());
        assertEquals(
                List.of("Breathe in", "Breathe out", "Breathe in", "Breathe out"),
                p.lessons().get("one").practices().get(0).prompts().stream()
                        .map(x -> x.say())
                        .toList());
        assertEquals(20, p.lessons().get("one").practices().get(0).seconds());
    }

    @Test
    void aZipWithOrWithoutAFolderAroundItIsTheSame() throws IOException {
        SmallProgramme.write(folder);
        String expected = ProgrammeReader.read(folder).fingerprint();
        for (String root : List.of("", "mine/")) {
            Path zip = Files.createTempFile("programme", ".zip");
            try (OutputStream out = Files.newOutputStream(zip);
                    ZipOutputStream z = new ZipOutputStream(out)) {
                for (String name : List.of("programme.yaml", "lessons/one.md", "lessons/two.md")) {
                    z.putNextEntry(new ZipEntry(root + name));
                    z.write(Files.readAllBytes(folder.resolve(name)));
                }
            }
            assertEquals(expected, ProgrammeReader.read(zip).fingerprint());
            Files.delete(zip);
        }
    }

    @Test
    void everyFaultIsToldWithItsFileAndLine() throws IOException {
        SmallProgramme.write(folder);
        Files.writeString(folder.resolve("lessons/two.md"), """
                ---
                title: Two
                skill: cooking
                exercises:
                  - id: two
                    title: Two
                    colour: red
                    fields:
                      - {name: a, label: How much?, type: scale, maximum: 10, step: 3}
                      - {name: a, label: Which?, type: choice, choices: [one]}
                      - {name: b, label: What?, type: essay}
                    recall: [one.nothing]
                ---
                A page with <b>bold</b> and

                ![a picture](x.png).
                """);
        Files.writeString(folder.resolve("lessons/three.md"), "---\ntitle: Three\n---\nNobody lists it.\n");
        List<String> faults = faults();
        for (String expected : List.of(
                "lessons/two.md:7: 'colour' is not known here",
                "lessons/two.md:9: the scale 'a' does not come out",
                "lessons/two.md:10: the choice 'a' needs two or more",
                "lessons/two.md:10: there are two fields 'a'",
                "lessons/two.md:11: 'essay' is no type of field",
                "lessons/two.md:14: HTML is not shown",
                "lessons/two.md:16: pictures are not shown",
                "lessons/two.md: there is no skill 'cooking'",
                "lessons/two.md: exercise 'two' recalls 'one.nothing'",
                "lessons/three.md: no entry of 'lessons'")) {
            assertTrue(faults.stream().anyMatch(f -> f.startsWith(expected)), expected + " is not among " + faults);
        }
    }

    @Test
    void faultsOfTheMainFileAreToldWithTheirLines() throws IOException {
        SmallProgramme.write(folder);
        Files.writeString(folder.resolve("programme.yaml"), """
                programme: 2
                id: Small One
                title: Small
                licence: CC0
                lessons: [one, two, four]
                frames:
                  - id: all
                    title: All
                    source: ours
                    sessions:
                      - {title: First, lessons: [one, five]}
                """);
        List<String> faults = faults();
        for (String expected : List.of(
                "programme.yaml:1: 'programme' is the version",
                "programme.yaml:2: 'Small One' is no name",
                "programme.yaml:5: lesson 'four' has no file",
                "programme.yaml:11: there is no lesson 'five'",
                "lessons/two.md: no session of any frame has this lesson",
                "lessons/one.md: there is no skill 'calm'")) {
            assertTrue(faults.stream().anyMatch(f -> f.startsWith(expected)), expected + " is not among " + faults);
        }
    }

    @Test
    void whatIsNoYamlOrNoLessonIsToldWithItsLine() throws IOException {
        SmallProgramme.write(folder);
        Files.writeString(folder.resolve("lessons/one.md"), "---\ntitle: [One\n---\nText.\n");
        Files.writeString(folder.resolve("lessons/two.md"), "# Two\n");
        List<String> faults = faults();
        assertTrue(faults.get(0).matches("lessons/one.md:[23]: this is no YAML.*"), faults.toString());
        assertTrue(
                faults.stream().anyMatch(f -> f.startsWith("lessons/two.md:1: a lesson begins with")),
                faults.toString());
    }

    @Test
    void aPlaceWithoutAProgrammeIsRefused() {
        assertTrue(faults().get(0).contains("programme.yaml: it is missing"));
        ProgrammeException e =
                assertThrows(ProgrammeException.class, () -> ProgrammeReader.read(folder.resolve("nowhere")));
        assertTrue(e.getMessage().contains("no such folder or zip"), e.getMessage());
    }

    @Test
    void aProgrammeInAnotherLanguageNeedsItsWording() throws IOException {
        SmallProgramme.write(folder);
        Path main = folder.resolve("programme.yaml");
        Files.writeString(main, Files.readString(main) + "language: de\n");
        assertTrue(faults().get(0).contains("needs 'wording'"), faults().toString());
        Files.writeString(
                main, Files.readString(main) + "wording: {done: Gemacht?, yes: ja, partly: teilweise, no: nein}\n");
        assertEquals("teilweise", ProgrammeReader.read(folder).wording().partly());
    }
}
