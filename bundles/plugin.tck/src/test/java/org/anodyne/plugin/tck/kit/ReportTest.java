package org.anodyne.plugin.tck.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
    private static Result result(String id, Result.Verdict verdict) {
        return new Result(id, "title", verdict, "no simulator was named", 1);
    }

    @Test
    void whatWasNotAskedIsSaidPlainly() {
        Report report = new Report(
                Map.of(), List.of(result("ports", Result.Verdict.PASSED), result("faults", Result.Verdict.SKIPPED)));
        assertTrue(report.passed());
        assertFalse(report.complete());
        assertEquals(
                "INCOMPLETE: 1 passed, 0 failed, 1 skipped; not asked: faults (no simulator was named)",
                report.summary());
    }

    @Test
    void whatWasAskedAndHeldIsComplete() {
        Report report = new Report(Map.of(), List.of(result("ports", Result.Verdict.PASSED)));
        assertTrue(report.complete());
        assertEquals("1 passed, 0 failed, 0 skipped", report.summary());
    }
}
