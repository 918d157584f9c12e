package org.anodyne.console.home;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.console.home.HomeEntries.Entry;
import org.anodyne.console.home.HomeFigures.Week;
import org.junit.jupiter.api.Test;

class HomeFiguresTest {
    private static Entry entry(String made, String kind, Map<String, Object> body) {
        return new Entry(made + kind, "P01", kind, made, made, body);
    }

    private static Entry diary(int day, int hour, double pain) {
        String made = LocalDate.of(2026, 3, 1).plusDays(day) + String.format("T%02d:00:00Z", hour);
        return entry(made, "diary", Map.of("fields", Map.of("average-pain", pain)));
    }

    private static HomeFigures of(List<Entry> entries) {
        return HomeFigures.of(entries, "p", Set.of("1-1", "1-2", "1-3"), ZoneOffset.UTC);
    }

    @Test
    void aWeekHasAMeanFromFourDaysOnAndTheNewestOfADayHolds() {
        List<Entry> all = new ArrayList<>();
        // Days 1, 2, 3 and 7 of the first week: (2 + 4 + 6 + 8) / 4; the first day's earlier answer does not count.
        all.add(diary(0, 8, 10));
        all.add(diary(0, 20, 2));
        all.add(diary(1, 20, 4));
        all.add(diary(2, 20, 6));
        all.add(diary(6, 20, 8));
        // Three days of the third; none of the second.
        all.add(diary(14, 20, 1));
        all.add(diary(15, 20, 1));
        all.add(diary(20, 20, 1));
        HomeFigures f = of(all);
        assertEquals("diary", f.pain());
        assertEquals(
                List.of(
                        new Week("2026-03-01", 4, Optional.of(5.0)),
                        new Week("2026-03-08", 0, Optional.empty()),
                        new Week("2026-03-15", 3, Optional.empty())),
                f.weeks());
    }

    @Test
    void aDayBeginsAtMidnightWhereTheLabIs() {
        List<Entry> late = List.of(diary(0, 23, 3));
        assertEquals(
                "2026-03-02",
                HomeFigures.of(late, "", Set.of(), ZoneId.of("Asia/Shanghai"))
                        .weeks()
                        .get(0)
                        .from());
    }

    @Test
    void withoutADiaryOfPainTheDailyRatingCounts() {
        HomeFigures f = of(List.of(
                entry("2026-03-01T08:00:00Z", "diary", Map.of("fields", Map.of("note", "a walk"))),
                entry("2026-03-01T08:00:00Z", "rating", Map.of("instrument", "gad-2", "answers", Map.of("1", 1L))),
                entry("2026-03-01T09:00:00Z", "rating", Map.of("instrument", "nrs", "answers", Map.of("pain", 6L)))));
        assertEquals("nrs", f.pain());
        assertEquals(List.of(new Week("2026-03-01", 1, Optional.empty())), f.weeks());
        assertEquals("", of(List.of()).pain());
    }

    @Test
    void stepsExercisesAndMinutesAreCounted() {
        HomeFigures f = of(List.of(
                entry("2026-03-01T08:00:00Z", "page", Map.of("programme", "p", "step", "1-1", "seconds", 60L)),
                entry(
                        "2026-03-01T08:01:00Z",
                        "practice",
                        Map.of("programme", "p", "step", "1-2", "skill", "calm", "seconds", 90L)),
                entry(
                        "2026-03-01T08:02:00Z",
                        "practice",
                        Map.of("programme", "p", "step", "1-2", "skill", "calm", "seconds", 30.0)),
                entry(
                        "2026-03-01T08:03:00Z",
                        "exercise",
                        Map.of("programme", "p", "step", "1-3", "skill", "goals", "seconds", 60L, "skipped", true)),
                entry(
                        "2026-03-01T08:04:00Z",
                        "exercise",
                        Map.of("programme", "other", "step", "9-9", "skill", "goals", "seconds", 120L))));
        assertEquals(3, f.steps());
        assertEquals(3, f.stepsDone());
        assertEquals(2, f.exercises());
        assertEquals(1, f.exercisesAnswered());
        assertEquals(Map.of("calm", 2.0, "goals", 2.0), f.minutesBySkill());
    }
}
