package org.anodyne.acceptance.pages;

import static org.anodyne.acceptance.Patience.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anodyne.acceptance.Recorded;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tries to tell real from sham neurofeedback by what operator and participant can see: whole sessions of the same seed, in pairs that
 * differ in the sealed code alone, for each kind of sham. Compared are the topics that the roles may hear, with what is in them, their
 * pages, report and summary, and the terminal.
 */
@Tag("beside")
class SealedArmTest {
    private static final long END_NANOS = 32_000_000_000L;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper SORTED =
            new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);
    /** Times of the wall clock and of this machine's work: of no arm. */
    private static final Set<String> OF_THE_CLOCK =
            Set.of("session", "startedAt", "startedUtc", "display", "p50", "p99", "p999", "max");

    private static final String PROTOCOL = """
        anodyne: 1
        id: sealed
        title: Sealed
        seed: 5
        slots:
          eeg:      {plugin: synthetic, parameters: {kind: eeg, channels: 1, labels: [C4], episode: 4 s}}
          alpha:    {plugin: band-power, inputs: {samples: eeg}, parameters: {channels: [C4], window: 1 s}}
          theta:    {plugin: band-power, inputs: {samples: eeg}, parameters: {channels: [C4], low: 4 Hz, high: 7 Hz, window: 1 s}}
          training:
            plugin: neurofeedback
            inputs: {targets: [alpha/power, theta/power]}
            parameters:
              targets:
                - {feature: alpha/power, direction: up, threshold: {percentile: 40, over: 10 s}}
                - {feature: theta/power, direction: down, threshold: {baseline: rest, factor: 1.2}}
              require: 1
              share: {least: 0.6, most: 0.8, over: 10 s}
          feedback:
            plugin: feedback
            inputs: {feature: training/value}
            parameters: {low: 0, high: 1, smoothing: 0 s, mark: 0.5, %s, allocation: %s}
          screen:   {plugin: feedback-screen, inputs: {level: feedback/level, reward: feedback/reward}}
          display:  {plugin: display, parameters: {mode: headless, width: 64, height: 64, rate: 20 Hz}}
        phases:
          - {id: rest, duration: 6 s, slots: [eeg, alpha, theta, training, feedback, screen, display], parameters: {training: {block: rest}, screen: {show: cross}}}
          - {id: train, duration: 20 s, slots: [eeg, alpha, theta, training, feedback, screen, display]}
          - {id: transfer, duration: 6 s, slots: [eeg, alpha, theta, training, feedback, screen, display], parameters: {training: {block: transfer}}}
        """;

    @TempDir
    static Path home;

    private static Lab lab;
    private static Visitor operator;
    private static String active;
    private static String sham;
    private static Path series;

    @BeforeAll
    static void open() throws Exception {
        Path folder = home.resolve("lab");
        Path key = home.resolve("key");
        Files.createDirectories(folder.resolve("etc"));
        Files.writeString(folder.resolve("etc").resolve("anodyne.json"), """
            {
              ":configurator:resource-version": 1,
              ":configurator:symbolic-name": "org.anodyne.settings",
              ":configurator:version": "1.0.0",
              "org.anodyne.broker": {"enabled": true, "host": "127.0.0.1", "port:Integer": 0, "folder": "$[prop:anodyne.var]/broker"},
              "org.anodyne.bus": {"uri": "", "site": "lab"},
              "org.anodyne.feedback": {"key.file": "%s"}
            }
            """.formatted(key));
        lab = Lab.open(folder);
        Path jar = folder.resolve("plugins").resolve("feedback.jar");
        keeper(jar, "new-key", key.toString());
        active = keeper(jar, "codes", key.toString(), "active", "1");
        sham = keeper(jar, "codes", key.toString(), "sham", "1");
        operator = lab.account("Olu Operator", "operator");
        StringBuilder levels = new StringBuilder("onset\tlevel\n");
        for (int i = 1; i <= 150; i++) {
            levels.append(i * 0.25)
                    .append('\t')
                    .append(0.5 + 0.4 * Math.sin(i / 7.0))
                    .append('\n');
        }
        series = Files.writeString(home.resolve("other.tsv"), levels.toString());
    }

    @AfterAll
    static void close() throws Exception {
        lab.close();
    }

    private static String keeper(Path jar, String... words) throws Exception {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                jar.toString(),
                "org.anodyne.allocation.Keeper"));
        line.addAll(List.of(words));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertTrue(process.waitFor(30, TimeUnit.SECONDS), said);
        assertEquals(0, process.exitValue(), said);
        return said;
    }

    /** What a session left, and what the roles could see of it. */
    private record Seen(
            String session,
            List<String> operatorHears,
            JsonNode followed,
            List<String> participantHears,
            JsonNode summary,
            String report,
            Path folder,
            String terminal) {}

    private static Seen session(String name, String more, String code) throws Exception {
        lab.protocol(name, PROTOCOL.formatted(more, code));
        int before = lab.output().length();
        ObjectNode ask = JSON.createObjectNode()
                .put("protocol", name)
                .put("participant", "P01")
                .put("speed", "max");
        Visitor.Answer begun = operator.post("/visits", ask);
        assertEquals(200, begun.status(), begun.text());
        String session = begun.json().path("session").asText();
        until("the session is ready", () -> state().equals("READY"));
        Visitor participant = lab.joined(operator);
        List<String> operatorHears = filters(operator);
        List<String> participantHears = filters(participant);
        JsonNode followed = operator.get("/session").json().path("follow");
        Visitor.Answer runs = operator.post("/session/begin", JSON.createObjectNode());
        assertEquals(200, runs.status(), runs.text());
        until(
                "the session's end",
                () -> !operator.get("/session").json().path("running").asBoolean());
        Visitor.Answer report = operator.get("/visits/" + session + "/report.html");
        Visitor.Answer summary = operator.get("/visits/" + session + "/summary.json");
        assertEquals(200, summary.status(), summary.text());
        assertEquals("COMPLETED", summary.json().path("outcome").asText(), summary.text());
        Path folder;
        try (Stream<Path> all = Files.list(lab.home().resolve("data").resolve("sessions"))) {
            folder = all.filter(f -> has(f, session)).findFirst().orElseThrow();
        }
        return new Seen(
                session,
                operatorHears,
                followed,
                participantHears,
                summary.json(),
                report.text(),
                folder,
                lab.output().substring(before));
    }

    private static boolean has(Path folder, String session) {
        try {
            return Files.readString(folder.resolve("summary.json")).contains('"' + session + '"');
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static String state() throws Exception {
        return operator.get("/session").json().path("state").asText();
    }

    private static List<String> filters(Visitor who) throws Exception {
        List<String> all = new ArrayList<>();
        who.get("/live").json().path("hear").forEach(f -> all.add(f.asText()));
        return all;
    }

    private static boolean fits(String filter, String topic) {
        String[] f = filter.split("/");
        String[] t = topic.split("/");
        for (int i = 0; i < f.length; i++) {
            if (f[i].equals("#")) {
                return true;
            }
            if (i >= t.length || !f[i].equals("+") && !f[i].equals(t[i])) {
                return false;
            }
        }
        return f.length == t.length;
    }

    /** Every event, state, command and answer on the bus that these filters let through, whole but for what is of the clock. */
    private static List<String> heard(Seen s, List<String> filters, String code) throws Exception {
        List<String> all = new ArrayList<>();
        for (JsonNode event : new Recorded(s.folder().resolve("record")).all()) {
            String topic = event.path("topic").asText();
            String whole = topic.startsWith("anodyne/") ? topic : "anodyne/1/lab/" + s.session() + "/" + topic;
            if (filters.stream().anyMatch(f -> fits(f, whole))) {
                ObjectNode plain = event.deepCopy();
                plain.remove(List.of("source", "made", "acquired", "received"));
                if (event.path("time").asLong() > END_NANOS) {
                    plain.put(
                            "time",
                            "after the end"); // when exactly a session as fast as can be closes is of the machine
                }
                JsonNode attributes = plain.path("attributes");
                if (attributes instanceof ObjectNode a) {
                    a.remove(List.of(
                            "wallClock", "submitNanos", "gpuNanos", "dropped", "displayNanos", "number", "scene"));
                    a.remove(List.of("offsetNanos", "uncertaintyNanos", "head", "left", "right"));
                }
                if (!event.path("type").asText().matches("frames|clock|bus|safety")) {
                    all.add(neutral(canonical(plain), s, code));
                }
            }
        }
        all.sort(null);
        return all;
    }

    /** What the record holds of topics of the site; when a plug-in is let go of is of the machine. */
    private static Set<String> ofSite(Seen s, String code) throws Exception {
        Recorded record = new Recorded(s.folder().resolve("record"));
        Set<String> all = new TreeSet<>();
        for (JsonNode plugin : record.site("plugin")) {
            ObjectNode attributes = plugin.path("attributes").deepCopy();
            attributes.remove("inUse");
            all.add(neutral(canonical(attributes), s, code));
        }
        assertTrue(all.size() > 20, all.toString());
        for (JsonNode said : record.site("control")) {
            assertFalse(said.toString().contains(code), "a request or reply tells the code: " + said);
        }
        return all;
    }

    /** With its names in order: that of a map on the bus means nothing. */
    private static String canonical(JsonNode node) {
        try {
            return SORTED.writeValueAsString(SORTED.treeToValue(node, Object.class))
                    .replace("},", "},\n");
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String neutral(String text, Seen s, String code) {
        return text.replace(s.session(), "SESSION").replace(code, "CODE");
    }

    /** All leaves but those of the clock. */
    private static JsonNode plain(JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JSON.createObjectNode();
            object.properties().forEach(e -> {
                // How many frames are drawn while a session runs as fast as it can is of the machine.
                if (!OF_THE_CLOCK.contains(e.getKey()) && !e.getKey().endsWith(", shown")) {
                    copy.set(e.getKey(), plain(e.getValue()));
                }
            });
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JSON.createArrayNode();
            array.forEach(v -> copy.add(plain(v)));
            return copy;
        }
        return node;
    }

    /** The report without the sections that tell of this machine's work. */
    private static String neutralReport(Seen s, String code) {
        return neutral(s.report(), s, code)
                .replaceAll("started [^·<]*", "")
                .replaceAll("(?s)<section><h2>Display</h2>.*?</section>", "")
                .replaceAll("(?s)<tr><td>[^<]*</td><td>sample → .*?</tr>\\n?", "");
    }

    private static void alike(String name, String more) throws Exception {
        Seen real = session(name, more, active);
        Seen other = session(name, more, sham);
        assertEquals(ofSession(real), ofSession(other));
        for (Seen s : List.of(real, other)) {
            for (String hidden : List.of(
                    "/feature/feedback/level",
                    "/feature/feedback/reward",
                    "/event/display/dial",
                    "/event/display/driven",
                    "/event/display/reward",
                    "/event/display/scene-shown")) {
                String topic = "anodyne/1/lab/" + s.session() + hidden;
                assertTrue(s.operatorHears().stream().noneMatch(f -> fits(f, topic)), topic);
                assertTrue(s.participantHears().stream().noneMatch(f -> fits(f, topic)), topic);
            }
            assertTrue(s.operatorHears().stream().noneMatch(f -> fits(f, "anodyne/1/lab/mirror/" + s.session())));
            // The operator is not left in the dark: signals, features, training and events of everything else are
            // there.
            for (String shown : List.of(
                    "/sample/eeg/eeg",
                    "/feature/alpha/power",
                    "/feature/training/value",
                    "/event/training/training-block")) {
                String topic = "anodyne/1/lab/" + s.session() + shown;
                assertTrue(s.operatorHears().stream().anyMatch(f -> fits(f, topic)), topic);
            }
            assertFalse(s.followed().path("features").has("feedback/level"));
            assertFalse(s.followed().path("hear").isEmpty(), "the page is told what it may hear");
        }
        // The bus.
        List<String> heard = heard(real, real.operatorHears(), active);
        assertTrue(heard.size() > 20, heard.toString());
        assertEquals(String.join("\n", heard), String.join("\n", heard(other, other.operatorHears(), sham)));
        assertEquals(heard(real, real.participantHears(), active), heard(other, other.participantHears(), sham));
        assertEquals(ofSite(real, active), ofSite(other, sham));
        // Features: those that may be heard are the same to the bit, the others come at the same times.
        Set<String> tables = new TreeSet<>();
        try (Stream<Path> files = Files.list(real.folder().resolve("features"))) {
            files.forEach(f -> tables.add(f.getFileName().toString()));
        }
        assertTrue(
                tables.containsAll(Set.of("feedback_level.tsv", "feedback_reward.tsv", "training_share.tsv")),
                tables.toString());
        for (String table : tables) {
            List<String> one =
                    Files.readAllLines(real.folder().resolve("features").resolve(table));
            List<String> two =
                    Files.readAllLines(other.folder().resolve("features").resolve(table));
            if (table.startsWith("feedback_")) {
                assertEquals(onsets(one), onsets(two), table);
            } else {
                assertEquals(one, two, table);
            }
        }
        Path level = Path.of("features", "feedback_level.tsv");
        assertNotEquals(
                Files.readAllLines(real.folder().resolve(level)),
                Files.readAllLines(other.folder().resolve(level)),
                "there was nothing to be told apart");
        // Live, what is rewarded is what the training rewards.
        assertEquals(
                values(real.folder().resolve("features/training_reward.tsv"), 6, 26),
                values(real.folder().resolve("features/feedback_reward.tsv"), 6, 26));
        // Pages.
        assertEquals(
                neutral(canonical(plain(real.followed().path("plan"))), real, active),
                neutral(canonical(plain(other.followed().path("plan"))), other, sham));
        assertEquals(
                neutral(canonical(plain(real.summary())), real, active),
                neutral(canonical(plain(other.summary())), other, sham));
        assertEquals(neutralReport(real, active), neutralReport(other, sham));
        assertEquals(said(real, active), said(other, sham));
    }

    /** What the terminal said; which plug-in is told first to be available is of the machine. */
    private static Set<String> said(Seen s, String code) {
        return new TreeSet<>(neutral(s.terminal(), s, code).lines().toList());
    }

    /** What may be heard of a session, of whatever name. */
    private static List<String> ofSession(Seen s) {
        return s.operatorHears().stream()
                .filter(f -> f.contains(s.session()))
                .map(f -> f.replace(s.session(), "SESSION"))
                .toList();
    }

    private static List<String> onsets(List<String> table) {
        return table.stream().map(l -> l.split("\t")[0]).toList();
    }

    private static List<String> values(Path table, double from, double to) throws Exception {
        return Files.readAllLines(table).stream()
                .skip(1)
                .map(l -> l.split("\t"))
                .filter(l -> Double.parseDouble(l[0]) > from && Double.parseDouble(l[0]) <= to)
                .map(l -> l[0] + " " + l[1])
                .toList();
    }

    @Test
    void invertedFeedbackCannotBeToldFromReal() throws Exception {
        alike("inverted", "source: inverted, rewardShare: 0.7");
    }

    @Test
    void aYokedSeriesCannotBeToldFromReal() throws Exception {
        alike("yoked", "source: series, series: " + series);
    }

    @Test
    void aMadeUpLevelCannotBeToldFromReal() throws Exception {
        alike("made-up", "source: sham, rewardShare: 0.7");
    }
}
