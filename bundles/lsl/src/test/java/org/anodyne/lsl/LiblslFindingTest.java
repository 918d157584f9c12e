package org.anodyne.lsl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is found by which question, and what is told of it, between our ends and those of the reference library. */
class LiblslFindingTest {
    private static final int PORT = 44_572;
    private static final Network NETWORK = Network.LOOPBACK.ports(PORT, 64);
    private static final Duration SHORT = Duration.ofMillis(1500);

    /** The same description as {@link #OURS}, for {@code liblsl_serve.py}. */
    private static final String THEIRS = "[('manufacturer', 'A & <B> \"C\" \\'D\\' µ痛'), ('channels', [('channel', "
            + "[('label', 'C%d' % k), ('unit', 'microvolts'), ('type', 'EEG')]) for k in range(8)])]";

    private static final StreamInfo OURS = StreamInfo.of("BioSemi", "EEG", 8, 250, ChannelFormat.FLOAT32, "sn-1")
            .withDesc(Element.of("desc", List.of(Element.of("manufacturer", "A & <B> \"C\" 'D' µ痛"))))
            .withChannels(IntStream.range(0, 8)
                    .mapToObj(k -> new StreamInfo.Channel("C" + k, "microvolts", "EEG"))
                    .toList());

    @TempDir
    Path folder;

    private Liblsl theirs;

    @BeforeEach
    void start() throws Exception {
        theirs = Liblsl.start(folder, Liblsl.settings(PORT, ""));
    }

    @AfterEach
    void end() throws Exception {
        if (theirs != null) {
            theirs.close();
        }
    }

    /** What people ask, and some of what the language of questions (XPath 1.0) has besides. */
    private static final List<String> QUESTIONS = List.of(
            "name='BioSemi' and type='EEG'",
            "name=\"BioSemi\"",
            "starts-with(name,'Bio')",
            "type='EEG' and channel_count=8",
            "channel_count='8'",
            "nominal_srate=250",
            "nominal_srate='250'",
            "count(//channels/channel)=8",
            "count(desc/channels/channel)=8",
            "count(info/desc/channels/channel)=0",
            "contains(name,'Semi') or type='Markers'",
            "not(type='Markers')",
            "not(contains(name, 'x')) and (type='EEG' or type='MEG')",
            "channel_count>4 and nominal_srate<=500",
            "channel_format='float32' and source_id='sn-1'",
            "session_id='default'",
            "desc/channels/channel/label='C7'",
            "desc/channels/channel[1]/label='C0'",
            "desc/channels/channel[last()]/label='C7'",
            "desc/channels/channel[label='C3']/unit='microvolts'",
            "//channel[position()=2]/label='C1'",
            "//channel[3][label='C2']",
            "desc//label[.='C5']",
            "//label/../unit='microvolts'",
            "//label/text()='C1'",
            "string-length(name)=7",
            "substring(name,1,3)='Bio'",
            "substring-before(name,'Semi')='Bio' and substring-after(name,'Bio')='Semi'",
            "translate(name,'BIO','bio')='bioSemi'",
            "normalize-space(' a  b ')='a b'",
            "concat('Bio','Semi')=name",
            "number(channel_count)*2=16 and channel_count mod 3=2 and channel_count div 2=4",
            "channel_count - 1 = 7 and -channel_count < 0",
            "floor(1.5)=1 and ceiling(1.5)=2 and round(1.5)=2",
            "sum(//channels/../channels/channel/label)!=1",
            "boolean(desc) and true() and not(false())",
            "count(//label | //unit)=16",
            "self::info and child::name='BioSemi' and ./type='EEG'",
            "descendant::label='C1' and local-name(*[1])='name'",
            "string(name)='BioSemi'",
            "*='EEG'",
            "/info/name='BioSemi'",
            "version=1.1",
            "desc/manufacturer='A & <B> \"C\" ' or contains(desc/manufacturer,\"'D'\")",
            "1",
            "2",
            "name!='BioSemi'",
            "name='Other'",
            "type='EEG' and channel_count=16",
            "starts-with(type,'Bio')",
            "not(name)",
            "@id='x'",
            "nothing",
            "''");

    @Test
    void everyQuestionFindsOursWhereItFindsTheirs() throws Exception {
        theirs.ask("put('o', Outlet('BioSemi', 'EEG', 8, 250.0, 'float32', 'sn-1', " + THEIRS + "))");
        List<String> found = answers();
        theirs.ask("o.shut()");
        assertEquals("[]", theirs.ask("names(\"name='BioSemi'\", 0.3)"));
        try (Outlet outlet = Outlet.open(OURS, NETWORK)) {
            assertEquals(found, answers());
        }
        assertTrue(found.stream().filter(f -> f.endsWith("BioSemi")).count() > 35, found.toString());
    }

    /** Each question, and which streams the library finds by it. */
    private List<String> answers() throws Exception {
        List<String> answers = new ArrayList<>();
        for (int from = 0; from < QUESTIONS.size(); from += 18) {
            List<String> some = QUESTIONS.subList(from, Math.min(QUESTIONS.size(), from + 18));
            String said = theirs.ask("names_each(["
                    + String.join(
                            ", ", some.stream().map(LiblslFindingTest::python).toList()) + "], 3.0)");
            String[] each = said.substring(2, said.length() - 2).split("\", \"", -1);
            for (int i = 0; i < some.size(); i++) {
                answers.add(some.get(i) + " -> " + each[i]);
            }
        }
        return answers;
    }

    private static String python(String text) {
        return "'''" + text.replace("\\", "\\\\").replace("'", "\\'") + "'''";
    }

    @Test
    void theyFindOursByPropertyAllAndContinuously() throws Exception {
        theirs.ask("put('w', Watch(\"type='EEG'\"))");
        assertEquals("[]", theirs.ask("w.until([])"));
        try (Outlet outlet = Outlet.open(OURS, NETWORK);
                Outlet marks =
                        Outlet.open(StreamInfo.of("it's", "Markers", 1, 0, ChannelFormat.STRING, "m"), NETWORK)) {
            assertEquals("[\"BioSemi\"]", theirs.ask("names_by('type', 'EEG')"));
            assertEquals("[\"BioSemi\"]", theirs.ask("names_by('source_id', 'sn-1')"));
            assertEquals("[\"BioSemi\"]", theirs.ask("names_by('nominal_srate', '250')"));
            assertEquals(
                    "[\"BioSemi\"]",
                    theirs.ask("names_by('uid', '" + outlet.info().uid() + "')"));
            assertEquals("[\"BioSemi\", \"it's\"]", theirs.ask("everybody()"));
            assertEquals("[\"it's\"]", theirs.ask("names('''name=\"it\\'s\"''')"));
            assertEquals("[\"BioSemi\"]", theirs.ask("w.until(['BioSemi'])"));
        }
        assertEquals("[]", theirs.ask("w.until([])"), "it is forgotten once it no longer answers");
    }

    @Test
    void weFindTheirsAndReadWhatTheyTell() throws Exception {
        theirs.ask("put('a', Outlet('BioSemi', 'EEG', 8, 250.0, 'float32', 'sn-1', " + THEIRS + "))");
        theirs.ask("put('b', Outlet('W\\x01', 'Other', 1, 0.0, 'string', ''))");
        Resolver resolver = new Resolver(NETWORK);
        for (String query : List.of(
                "session_id='default' and name='BioSemi'",
                "starts-with(name,'Bio') and channel_count>4",
                "count(//channels/channel)=8")) {
            assertEquals(1, resolver.resolve(query, 1, Taken.PATIENCE).size(), query);
        }
        assertEquals(
                2, resolver.resolve("session_id='default'", 2, Taken.PATIENCE).size());
        assertEquals(
                "W", resolver.resolve("type='Other'", 1, SHORT).get(0).name(), "all but what XML has no place for");
        StreamInfo full = Resolver.fullInfo(Taken.resolve(NETWORK, "name='BioSemi'"), Taken.PATIENCE);
        assertEquals(OURS.desc(), full.desc());
        assertEquals(250, full.rateHz());
        assertEquals("sn-1", full.sourceId());
    }

    @Test
    void theyReadWhatWeTell() throws Exception {
        try (Outlet outlet = Outlet.open(OURS, NETWORK)) {
            theirs.ask("put('i', Inlet(\"name='BioSemi'\", 'float32'))");
            assertEquals("\"A & <B> \\\"C\\\" 'D' µ痛\"", theirs.ask("i.child('manufacturer')"));
            assertEquals("\"C0\"", theirs.ask("i.child('channels', 'channel', 'label')"));
            String xml = theirs.ask("i.xml()");
            assertTrue(xml.contains("<label>C7</label>"), xml);
            assertTrue(xml.contains("<nominal_srate>250</nominal_srate>"), xml);
        }
    }

    @Test
    void sessionsAreKeptApart() throws Exception {
        try (Liblsl other = Liblsl.start(folder, Liblsl.settings(PORT, "SessionID = other\n"));
                Outlet mine = Outlet.open(OURS, NETWORK);
                Outlet elsewhere = Outlet.open(
                        StreamInfo.of("Elsewhere", "EEG", 1, 100, ChannelFormat.FLOAT32, "e")
                                .withSession("other"),
                        NETWORK)) {
            assertEquals("[\"BioSemi\"]", theirs.ask("everybody()"));
            assertEquals("[\"Elsewhere\"]", other.ask("everybody()"));
            other.ask("put('o', Outlet('Theirs', 'EEG', 1, 100.0, 'float32', 't'))");
            List<String> names = new Resolver(NETWORK)
                    .resolve("session_id='other' and type='EEG'", 2, Taken.PATIENCE).stream()
                            .map(StreamInfo::name)
                            .sorted()
                            .toList();
            assertEquals(List.of("Elsewhere", "Theirs"), names);
        }
    }

    private static String ask(int port, String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.setSoTimeout((int) Taken.PATIENCE.toMillis());
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What differs from one outlet to the next. */
    private static String common(String xml) {
        return xml.replaceAll("<(uid|created_at|v4data_port|v4service_port)>[^<]*<", "<$1><")
                .replaceAll("<(v[46]address)></v[46]address>", "<$1 />")
                .replaceAll("<hostname>[^<]*<", "<hostname><")
                .replaceAll("<version>1.1[0-9]*<", "<version>1.1<");
    }

    private static List<String> lines(String xml) {
        return xml.replace("&quot;", "\"").lines().map(String::strip).sorted().toList();
    }

    @Test
    void bothTellTheSameOverTcp() throws Exception {
        theirs.ask("put('o', Outlet('BioSemi', 'EEG', 8, 250.0, 'float32', 'sn-1', " + THEIRS + "))");
        int port = Taken.resolve(NETWORK, "name='BioSemi'").dataPort();
        String full = ask(port, "LSL:fullinfo\r\n");
        String brief = ask(port, "LSL:shortinfo\r\nname='BioSemi'\r\n");
        String none = ask(port, "LSL:shortinfo\r\nname='x'\r\n");
        theirs.ask("o.shut()");
        try (Outlet outlet = Outlet.open(OURS, NETWORK)) {
            int ours = outlet.info().dataPort();
            assertEquals(lines(common(full)), lines(common(ask(ours, "LSL:fullinfo\r\n"))));
            assertEquals(lines(common(brief)), lines(common(ask(ours, "LSL:shortinfo\r\nname='BioSemi'\r\n"))));
            assertEquals(none, ask(ours, "LSL:shortinfo\r\nname='x'\r\n"));
        }
    }
}
