package org.anodyne.lsl.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.Element;
import org.anodyne.lsl.MalformedException;
import org.anodyne.lsl.StreamInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfoXmlTest {
    private static final String PUBLISHED = "<?xml version=\"1.0\"?><info><name>BioSemi</name><type>EEG</type>"
            + "<channel_count>2</channel_count><channel_format>float32</channel_format><source_id>sn1</source_id>"
            + "<nominal_srate>512.0000000000000</nominal_srate><version>1.100000000000000</version>"
            + "<created_at>50942.72331</created_at><uid>c4a8</uid><session_id>default</session_id>"
            + "<hostname>lab</hostname><v4address></v4address><v4data_port>16572</v4data_port>"
            + "<v4service_port>16573</v4service_port><v6address></v6address><v6data_port>16574</v6data_port>"
            + "<v6service_port>16575</v6service_port><desc><manufacturer>A &amp; B</manufacturer><channels><channel>"
            + "<label>C3</label><unit>microvolts</unit><type>EEG</type></channel><channel><label>C4</label>"
            + "<unit>microvolts</unit><type>EEG</type></channel></channels></desc></info>";

    private static StreamInfo read(String xml) throws MalformedException {
        return InfoXml.read(xml.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPublishedDescriptionIsRead() throws MalformedException {
        StreamInfo info = read(PUBLISHED);
        assertEquals("BioSemi", info.name());
        assertEquals(512, info.rateHz());
        assertEquals(16573, info.servicePort());
        assertEquals(
                List.of(
                        new StreamInfo.Channel("C3", "microvolts", "EEG"),
                        new StreamInfo.Channel("C4", "microvolts", "EEG")),
                info.channels());
        assertEquals("A & B", info.desc().childText("manufacturer"));
        assertEquals(info, read(InfoXml.fullInfo(info)), "what is written reads the same");
        assertEquals(List.of(), read(InfoXml.shortInfo(info)).desc().children());
    }

    @Test
    void namesOfAnyKindSurvive() throws MalformedException {
        StreamInfo info = StreamInfo.of("<a & 'b' \"c\"> ü \u0001 𝄞", "", 1, 0, ChannelFormat.STRING, "");
        StreamInfo written = read(InfoXml.fullInfo(info).replace("<uid />", "<uid>1</uid>"));
        assertEquals("<a & 'b' \"c\"> ü  𝄞", written.name(), "all but what XML has no place for");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<info>",
                "<other/>",
                "<!DOCTYPE info [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><info><name>&x;</name></info>",
                "<!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;&b;&b;\">]><info><name>&c;</name></info>",
                "<!DOCTYPE info SYSTEM \"http://127.0.0.1:9/x.dtd\"><info/>",
                "<info><name>&undefined;</name></info>"
            })
    void whatIsNoDescriptionIsRefused(String xml) {
        assertThrows(MalformedException.class, () -> read(xml));
    }

    @Test
    void valuesThatCannotBeAreRefused() {
        for (String[] change : new String[][] {
            {"<channel_count>2<", "<channel_count>0<"},
            {"<channel_count>2<", "<channel_count>-1<"},
            {"<channel_count>2<", "<channel_count>99999999999<"},
            {"<channel_count>2<", "<channel_count>2.5<"},
            {">float32<", ">float16<"},
            {">512.0000000000000<", ">-1<"},
            {">512.0000000000000<", ">NaN<"},
            {">512.0000000000000<", ">1e999<"},
            {">16572<", ">65536<"},
            {"<name>BioSemi<", "<name><"},
            {"<uid>c4a8<", "<uid><"}
        }) {
            assertTrue(PUBLISHED.contains(change[0]), change[0]);
            assertThrows(MalformedException.class, () -> read(PUBLISHED.replace(change[0], change[1])), change[1]);
        }
        assertThrows(MalformedException.class, () -> read("<info>".repeat(40) + "</info>".repeat(40)));
        assertThrows(MalformedException.class, () -> read(PUBLISHED.replace("C3", "x".repeat(InfoXml.MOST_BYTES))));
    }

    @Test
    void questionsAreAnsweredAsXPathWould() throws MalformedException {
        Element info = InfoXml.tree(read(PUBLISHED));
        for (String yes : List.of(
                "",
                "session_id='default' and name='BioSemi'",
                "name=\"BioSemi\"",
                "type='EEG' or type='ECG'",
                "not(type='ECG')",
                "starts-with(name,'Bio') and contains(hostname,'a')",
                "channel_count>1 and nominal_srate<=512",
                "desc/manufacturer='A & B'",
                "desc/channels/channel/label='C4'",
                "//label='C3'",
                "count(desc/channels/channel)=2",
                "/info/name='BioSemi'",
                "(name='x' or name='BioSemi') and 1=1",
                "*='EEG'",
                "desc")) {
            assertTrue(Query.parse(yes).matches(info), yes);
        }
        for (String no : List.of(
                "session_id='other'", "name='BioSemi' and type='ECG'", "channel_count>2", "//label='Cz'", "nothing")) {
            assertFalse(Query.parse(no).matches(info), no);
        }
        for (String bad : List.of(
                "name=",
                "name='x",
                "(((",
                "name[1='x'",
                "id('x')",
                "following::name",
                "contains(name)",
                "$x",
                "document('http://127.0.0.1')",
                "a='b' c",
                "(".repeat(3000),
                "not(".repeat(500))) {
            assertThrows(MalformedException.class, () -> Query.parse(bad), bad);
        }
        assertEquals("\"it's\"", Query.quoted("it's"));
        assertTrue(Query.parse(Query.quoted("a'b\"c'") + "=concat(\"a'b\",'\"c',\"'\")")
                .matches(info));
    }
}
