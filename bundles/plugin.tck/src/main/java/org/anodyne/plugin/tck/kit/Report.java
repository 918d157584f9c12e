package org.anodyne.plugin.tck.kit;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a vendor can publish: which build of which plug-in was held against which device, and what became of every check.
 *
 * @param about name to text, in order: plug-in, version, SHA-256, address, when, kit
 */
record Report(Map<String, String> about, List<Result> results) {
    private long count(Result.Verdict verdict) {
        return results.stream().filter(r -> r.verdict() == verdict).count();
    }

    boolean passed() {
        return count(Result.Verdict.FAILED) == 0;
    }

    /** Whether everything was asked. */
    boolean complete() {
        return count(Result.Verdict.SKIPPED) == 0;
    }

    /** One line for a person. */
    String summary() {
        String counts = count(Result.Verdict.PASSED) + " passed, " + count(Result.Verdict.FAILED) + " failed, "
                + count(Result.Verdict.SKIPPED) + " skipped";
        return complete()
                ? counts
                : "INCOMPLETE: " + counts + "; not asked: "
                        + results.stream()
                                .filter(r -> r.verdict() == Result.Verdict.SKIPPED)
                                .map(r -> r.id() + " (" + r.detail() + ")")
                                .collect(Collectors.joining(", "));
    }

    /** One row of the table. */
    static String row(Result r) {
        return String.format(
                Locale.ROOT,
                "%-7s %-22s %7d ms  %s",
                r.verdict().name().toLowerCase(Locale.ROOT),
                r.id(),
                r.millis(),
                r.verdict() == Result.Verdict.FAILED ? r.title() + "\n        " + r.detail() : r.detail());
    }

    void writeJson(Path file) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(about);
        all.put("passed", count(Result.Verdict.PASSED));
        all.put("failed", count(Result.Verdict.FAILED));
        all.put("skipped", count(Result.Verdict.SKIPPED));
        all.put("complete", complete());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (Result r : results) {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("id", r.id());
            row.put("title", r.title());
            row.put("verdict", r.verdict().name().toLowerCase(Locale.ROOT));
            row.put("detail", r.detail());
            row.put("millis", r.millis());
            rows.add(row);
        }
        all.put("checks", rows);
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
    }

    void writeHtml(Path file) throws IOException {
        StringBuilder page = new StringBuilder(
                        "<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Conformance of ")
                .append(escaped(about.get("plugin")))
                .append(
                        "</title><style>body{font:15px sans-serif;max-width:70em;margin:2em auto}td,th{padding:.3em .8em;")
                .append(
                        "text-align:left;vertical-align:top;border-bottom:1px solid #ccc}.passed{color:#060}.failed{color:#a00}")
                .append(".skipped{color:#666}</style><h1>Conformance of ")
                .append(escaped(about.get("plugin")))
                .append("</h1><p>")
                .append(escaped(summary()))
                .append("</p><table>");
        about.forEach((name, text) ->
                page.append("<tr><th>").append(escaped(name)).append("<td>").append(escaped(text)));
        page.append("</table><h2>Checks</h2><table><tr><th>Check<th>Result<th>What is asked<th>Seen<th>ms");
        for (Result r : results) {
            String verdict = r.verdict().name().toLowerCase(Locale.ROOT);
            page.append("<tr><td>")
                    .append(escaped(r.id()))
                    .append("<td class=\"" + verdict + "\">" + verdict + "<td>")
                    .append(escaped(r.title()))
                    .append("<td>")
                    .append(escaped(r.detail()))
                    .append("<td>" + r.millis());
        }
        page.append(
                "</table><p>The kit asks what can be seen from outside the device. It does not make a device safe, and it is no"
                        + " statement about use on people.</p></html>");
        Files.writeString(file, page);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
