package org.anodyne.programme;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.anodyne.plugin.intervention.ActivityField;
import org.anodyne.programme.Programme.Exercise;

/** Keeps what a participant wrote where a later exercise shows it again, as text. */
final class Recall {
    private Recall() {}

    private static Stream<Exercise> exercises(Programme programme) {
        return Stream.concat(
                programme.diary().stream(),
                programme.lessons().values().stream().flatMap(l -> l.exercises().stream()));
    }

    /** Keeps those answers that some exercise of the programme recalls. */
    static void keep(Programme programme, Exercise exercise, Map<String, Object> fields, Map<String, String> kept) {
        for (ActivityField field : exercise.fields()) {
            String name = exercise.id() + "." + field.name();
            Object value = fields.get(field.name());
            if (value != null && exercises(programme).anyMatch(e -> e.recall().contains(name))) {
                kept.put(name, text(field, value));
            }
        }
    }

    /** Wording under which an answer was asked. */
    static String label(Programme programme, String name) {
        return exercises(programme)
                .flatMap(e -> e.fields().stream()
                        .filter(f -> name.equals(e.id() + "." + f.name()))
                        .map(ActivityField::label))
                .findFirst()
                .orElse(name);
    }

    private static String text(ActivityField field, Object value) {
        return switch (field.type()) {
            case TEXT, NUMBER, SCALE -> String.valueOf(value);
            case CHOICE, LIST ->
                value instanceof List<?> l
                        ? l.stream()
                                .map(String::valueOf)
                                .filter(s -> !s.isBlank())
                                .collect(Collectors.joining("\n"))
                        : String.valueOf(value);
            case GRID -> grid(field, (List<?>) value);
        };
    }

    private static String grid(ActivityField field, List<?> rows) {
        List<String> lines = new ArrayList<>();
        for (int r = 0; r < rows.size(); r++) {
            String cells = ((List<?>) rows.get(r))
                    .stream().map(String::valueOf).filter(c -> !c.isBlank()).collect(Collectors.joining(", "));
            if (!cells.isEmpty()) {
                lines.add(field.rows().get(r) + ": " + cells);
            }
        }
        return String.join("\n", lines);
    }
}
