package org.anodyne.programme;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A programme of two lessons, for tests. */
final class SmallProgramme {
    private SmallProgramme() {}

    static void write(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("lessons"));
        Files.writeString(folder.resolve("programme.yaml"), """
                programme: 1
                id: small
                title: Small
                licence: CC0
                skills: {calm: Staying calm}
                lessons: [one, two]
                frames:
                  - id: two
                    title: Two sessions
                    source: for tests
                    sessions:
                      - {title: First, lessons: [one]}
                      - {title: Second, lessons: [two]}
                """);
        Files.writeString(folder.resolve("lessons/one.md"), """
                ---
                title: One
                skill: calm
                guidance: Be kind.
                practices:
                  - id: breathing
                    title: Breathing
                    skill: calm
                    prompts:
                      - repeat: 2
                        prompts: [{say: Breathe in, seconds: 4}, {say: Breathe out, seconds: 6}]
                exercises:
                  - id: one
                    title: One thing
                    skill: calm
                    fields:
                      - {name: thing, label: What is it?, type: text, required: true}
                      - {name: much, label: How much?, type: scale}
                homework:
                  - {id: breathe, title: Breathe, text: Once a day., skill: calm, minutes: 5}
                ---
                Nine **words** stand here, all of them quite short.
                """);
        Files.writeString(folder.resolve("lessons/two.md"), """
                ---
                title: Two
                recall: [one.thing]
                exercises:
                  - id: two
                    title: Again
                    recall: [one.thing]
                    fields: [{name: more, label: Anything more?, type: list}]
                ---
                The second page.
                """);
    }
}
