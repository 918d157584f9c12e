package org.anodyne.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.anodyne.plugin.Acknowledgement.Outcome;
import org.anodyne.plugin.signal.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

class ReportTest {
    @TempDir
    Path folder;

    private String report(FakeRecord record, Map<String, Object> outcome) throws IOException {
        new RecordExporter().export(record, outcome, folder);
        return Files.readString(folder.resolve("report.html"));
    }

    private static int count(String text, String part) {
        return (text.length() - text.replace(part, "").length()) / part.length();
    }

    @Test
    void isOneFileThatNeedsNothingFromAnywhere() throws IOException {
        String html = report(Sessions.closedLoop(), Sessions.completed());
        assertTrue(html.contains("<h2>Streams that fell silent</h2>"));
        for (String foreign :
                List.of("<script", "<link", "<img", "http://", "https://", "url(", "@import", "<iframe")) {
            assertFalse(html.contains(foreign), foreign);
        }
    }

    @Test
    void everyPictureIsWellFormed() throws IOException, ParserConfigurationException, SAXException {
        String html = report(Sessions.closedLoop(), Sessions.completed());
        Matcher m = Pattern.compile("<figure>(.*?)</figure>", Pattern.DOTALL).matcher(html);
        int pictures = 0;
        while (m.find()) {
            String xml = "<f>" + m.group(1) + "</f>";
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
            assertFalse(xml.contains("NaN") || xml.contains("Infinity"), "a coordinate is no number");
            pictures++;
        }
        // Two streams, three features, one spectrum, latency, two quantities of dose.
        assertEquals(9, pictures);
    }

    @Test
    void saysAndMarksWhatHappened() throws IOException {
        String html = report(Sessions.closedLoop(), Sessions.completed());
        assertTrue(html.contains("Synthetic signals"));
        assertTrue(html.contains("not a medical device"));
        assertTrue(html.contains("Completed, with problems"));
        assertTrue(html.contains("radio link lost"));
        // The trigger's feature: seven firings, seven held back, one threshold; the swap on all eight time axes but
        // none else.
        assertEquals(7, count(html, "<path class=\"fired\" d=\"M") - 1);
        assertEquals(7, count(html, "<path class=\"held\" d=\"M") - 1);
        assertEquals(1, count(html, "<path class=\"threshold\" d=\"M") - 1);
        assertEquals(7, count(html, "<path class=\"swapmark\" d=\"M") - 1);
        assertEquals(6, count(html, "<rect class=\"gap\" x=") - 1);
        assertTrue(html.contains("peak at 10.25 Hz"));
        assertTrue(html.contains("median 6 ms"));
        assertTrue(html.contains("tens burst (amplitude 10 mA)"), "arguments as written");
    }

    @Test
    void featuresCarryTheirUnits() throws IOException {
        String html = report(Sessions.closedLoop(), Sessions.completed());
        // The axis of alpha/power; of the plain numbers there is nothing to say.
        assertEquals(1, count(html, ">µV²</text>"));
        assertTrue(html.contains("alpha peak&nbsp;10.25 Hz"), "table of phases");
        assertTrue(html.contains("alpha power&nbsp;242.5 µV²"), "table of phases");
    }

    @Test
    void aUnitIsLeftOutWhereItCannotBeTold() throws IOException {
        StreamInfo mixed = FakeRecord.stream("eeg", "eeg", "EEG", 10, false, "Cz uV", "EOG1 mV");
        FakeRecord r = new FakeRecord().declare(mixed);
        r.event(
                "session",
                "plan",
                0,
                Map.of(
                        "slots",
                        List.of(Map.of(
                                "slot",
                                "f",
                                "streams",
                                Map.of("samples", List.of("eeg/eeg")),
                                "publishes",
                                List.of(
                                        Map.of("name", "power", "unit", "{input}^2"),
                                        Map.of("name", "rate", "unit", "1/min"))))));
        r.signal(mixed, 0, 20, 10, Math::sin);
        r.feature("f", "power", 1, 5).feature("f", "rate", 1, 3).feature("f", "undeclared", 1, 2);
        String html = report(r, Sessions.completed());
        assertFalse(html.contains("input}"));
        assertEquals(1, count(html, ">1/min</text>"));
    }

    @Test
    void namesCannotBecomeMarkup() throws IOException {
        StreamInfo eeg = new StreamInfo(
                "e\"g",
                "<i>",
                "EEG",
                50,
                List.of(new StreamInfo.Channel("<u>Cz</u>", "<b>"), new StreamInfo.Channel("&", "uV")),
                false);
        FakeRecord r =
                new FakeRecord("<script>alert(1)</script>", "id: x\ntitle: '<script>title</script>'\n").declare(eeg);
        r.event("session", "phase", 0, Map.of("id", "<script>phase", "index", 0L, "start", 0L, "end", 9_000_000_000L));
        r.signal(eeg, 0, 9, 10, Math::sin);
        r.feature("<script>", "\"><script>", 3, 4).feature("<script>", "\"><script>", 4, 5);
        r.fire("<script>", 5, 4, Outcome.REFUSED, "<script>reason</script>");
        r.event("e", "gap", 5, Map.of("stream", "<script>", "from", 1L, "to", 2L, "reason", "<script>"));
        r.event("e", "swap", 5, Map.of("plugin", "<script>", "fromVersion", "<script>"));
        r.event("e", "answer", 5, Map.of("item", "<script>", "missing", true, "reason", "<script>"));
        String html = report(
                r,
                Map.of("state", "ABORTED", "reason", "<script>why", "problems", List.of("<script>problem</script>")));
        assertFalse(html.toLowerCase(java.util.Locale.ROOT).contains("<script"));
        assertFalse(html.contains("<u>Cz"));
        assertTrue(html.contains("Aborted: &lt;script&gt;why"));
    }

    @Test
    void aSessionWithoutAnythingHasNoEmptyPictures() throws IOException {
        String html = report(new FakeRecord("P1", "nonsense: ["), Map.of());
        assertEquals(0, count(html, "<figure>"));
        assertTrue(html.contains("Broken off: the record ends before the session did"));
        assertTrue(html.contains("No samples were recorded"));
        assertTrue(html.contains("nothing in this protocol acts"));
    }

    @Test
    void aSessionThatOnlyRefusedSaysSo() throws IOException {
        FakeRecord r = new FakeRecord().fire("c-1", 1, 4, Outcome.REFUSED, "the stimulator is not armed");
        String html = report(r, Sessions.completed());
        assertTrue(html.contains("No command was executed, so there is no latency"));
        assertTrue(html.contains("Nothing was delivered"));
        assertTrue(html.contains("refused, not sent to the device: the stimulator is not armed"));
    }

    @Test
    void oddValuesMakeNoOddPictures() throws IOException, ParserConfigurationException, SAXException {
        StreamInfo flat = FakeRecord.stream("flat", "s", "EEG", 10, false, "A uV");
        StreamInfo none = FakeRecord.stream("none", "s", "EDA", 10, false, "A uS", "B uS");
        FakeRecord r = new FakeRecord().declare(flat).declare(none);
        r.signal(flat, 0, 20, 10, t -> 0).signal(none, 0, 20, 10, t -> Double.NaN);
        r.feature("f", "constant", 1, 5).feature("f", "constant", 2, 5);
        r.feature("f", "missing", 1, Double.NaN).feature("f", "infinite", 1, Double.POSITIVE_INFINITY);
        r.feature("f", "tiny", 1, 1e-300).feature("f", "tiny", 2, 2e-300);
        r.feature("f", "huge", 1, -1e300).feature("f", "huge", 2, 1e300);
        r.feature("f", "vector", 1, 1, 2, 3);
        r.fire("only", 3, 4, Outcome.EXECUTED, "");
        String html = report(r, Sessions.completed());
        Matcher m = Pattern.compile("<figure>(.*?)</figure>", Pattern.DOTALL).matcher(html);
        while (m.find()) {
            String xml = "<f>" + m.group(1) + "</f>";
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
            assertFalse(xml.contains("NaN") || xml.contains("Infinity"), xml);
        }
        assertTrue(html.contains("f/vector[2]"));
    }

    @Test
    void longSessionsMakeSmallPages() throws IOException {
        FakeRecord r = new FakeRecord();
        for (int i = 1; i <= 100_000; i++) {
            r.feature("pain", "probability", i / 25.0, Math.sin(i));
        }
        assertTrue(report(r, Sessions.completed()).length() < 200_000);
    }
}
