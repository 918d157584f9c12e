package org.anodyne.programme;

import java.util.ArrayList;
import java.util.LinkedHashMap;
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

    /** Names of the fields of an exercise that some exercise or lesson of the programme recalls. */
    static List<String> kept(Programme programme, Exercise exercise) {
        return exercise.fields().stream()
                .map(ActivityField::name)
                .filter(field -> {
                    String name = exercise.id() + "." + field;
                    return exercises(programme).anyMatch(e -> e.recall().contains(name))
                            || programme.lessons().values().stream()
                                    .anyMatch(l -> l.recall().contains(name));
                })
                .toList();
    }

    /** Keeps those answers that some exercise or lesson of the programme recalls. */
    static void keep(Programme programme, Exercise exercise, Map<String, Object> fields, Map<String, String> kept) {
        List<String> wanted = kept(programme, exercise);
        for (ActivityField field : exercise.fields()) {
            Object value = fields.get(field.name());
            if (value != null && wanted.contains(field.name())) {
                kept.put(exercise.id() + "." + field.name(), text(field, value));
            }
        }
    }

    /**
     * Takes up what was answered at earlier visits, where nothing newer was. What does not fit the programme, which may have been
     * changed since, is passed over.
     *
     * @param answers values by {@code exercise.field}
     */
    static void takeUp(Programme programme, Map<String, Object> answers, Map<String, String> kept) {
        exercises(programme).forEach(exercise -> {
            for (ActivityField field : exercise.fields()) {
                String name = exercise.id() + "." + field.name();
                Object value = answers.get(name);
                if (value != null && field.objection(value).isEmpty()) {
                    kept.putIfAbsent(name, text(field, value));
                }
            }
        });
    }

    /** What of earlier answers is shown again, by the wording under which it was asked. */
    static Map<String, String> shown(Programme programme, List<String> recall, Map<String, String> kept) {
        Map<String, String> recalled = new LinkedHashMap<>();
        for (String name : recall) {
            String text = kept.get(name);
            if (text != null) {
                recalled.put(label(programme, name), text);
            }
        }
        return recalled;
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
