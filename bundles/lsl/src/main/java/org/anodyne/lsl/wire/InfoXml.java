package org.anodyne.lsl.wire;

import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.anodyne.lsl.ChannelFormat;
import org.anodyne.lsl.Element;
import org.anodyne.lsl.MalformedException;
import org.anodyne.lsl.StreamInfo;

/** A stream's description as XML. No document type, no entities but the five of XML, bounded in size, depth and number. */
public final class InfoXml {
    /** Most bytes of a full description. */
    public static final int MOST_BYTES = 1 << 20;

    private static final int MOST_DEPTH = 32;
    private static final int MOST_ELEMENTS = 100_000;

    /** How the reference library writes characters that XML has no place for, such as those of a damaged name. */
    private static final Pattern CONTROLS = Pattern.compile("&#0*([0-8]|1[124-9]|2[0-9]|3[01]);");

    private InfoXml() {}

    /** The description without what is in {@code desc}. */
    public static String shortInfo(StreamInfo info) {
        return text(info, Element.of("desc", List.of()));
    }

    /** The whole description. */
    public static String fullInfo(StreamInfo info) {
        return text(info, info.desc());
    }

    private static String text(StreamInfo info, Element desc) {
        StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>\n");
        write(tree(info).with(desc), 0, out);
        return out.toString();
    }

    /** The description as elements, {@code info} with all its fields. */
    public static Element tree(StreamInfo info) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("name", info.name());
        fields.put("type", info.type());
        fields.put("channel_count", Integer.toString(info.channelCount()));
        fields.put("channel_format", info.format().label());
        fields.put("source_id", info.sourceId());
        fields.put("nominal_srate", plain(info.rateHz()));
        fields.put("version", "1.1");
        fields.put("created_at", plain(info.createdAt()));
        fields.put("uid", info.uid());
        fields.put("session_id", info.sessionId());
        fields.put("hostname", info.hostname());
        fields.put("v4address", info.address());
        fields.put("v4data_port", Integer.toString(info.dataPort()));
        fields.put("v4service_port", Integer.toString(info.servicePort()));
        fields.put("v6address", "");
        fields.put("v6data_port", "0");
        fields.put("v6service_port", "0");
        List<Element> children = new ArrayList<>();
        fields.forEach((name, value) -> children.add(Element.of(name, value)));
        children.add(info.desc());
        return Element.of("info", children);
    }

    /** As a person would ask for it: 250, not 250.0, and no exponent, which a question for streams does not read. */
    private static String plain(double number) {
        return number == Math.rint(number) && Math.abs(number) < 1e15
                ? Long.toString((long) number)
                : new BigDecimal(Double.toString(number)).toPlainString();
    }

    private static void write(Element element, int depth, StringBuilder out) {
        out.append("\t".repeat(depth)).append('<').append(element.name());
        if (element.text().isEmpty() && element.children().isEmpty()) {
            out.append(" />\n");
            return;
        }
        out.append('>');
        escape(element.text(), out);
        if (!element.children().isEmpty()) {
            out.append('\n');
            element.children().forEach(child -> write(child, depth + 1, out));
            out.append("\t".repeat(depth));
        }
        out.append("</").append(element.name()).append(">\n");
    }

    private static void escape(String text, StringBuilder out) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                default -> {
                    // What XML 1.0 has no place for is left out, or nobody could read the rest.
                    if (c == '\t'
                            || c == '\n'
                            || (c >= 0x20 && c < 0xD800)
                            || (c > 0xDFFF && c < 0xFFFE)
                            || c > 0xFFFF) {
                        out.appendCodePoint(c);
                    }
                }
            }
        });
    }

    /**
     * Reads a description.
     *
     * @throws MalformedException when it is none, has a document type, is too large, or says what cannot be
     */
    public static StreamInfo read(byte[] bytes) throws MalformedException {
        Element info = elements(bytes);
        if (!info.name().equals("info")) {
            throw new MalformedException("the description begins with <" + info.name() + ">, not with <info>");
        }
        ChannelFormat format = ChannelFormat.named(info.childText("channel_format"))
                .orElseThrow(() -> new MalformedException(
                        "there is no channel format '" + cut(info.childText("channel_format")) + "'"));
        if (info.childText("uid").isEmpty()) {
            throw new MalformedException("the description has no uid");
        }
        try {
            return new StreamInfo(
                    info.childText("name"),
                    info.childText("type"),
                    whole(info, "channel_count", 1, StreamInfo.MOST_CHANNELS),
                    real(info, "nominal_srate"),
                    format,
                    info.childText("source_id"),
                    info.childText("uid"),
                    info.childText("session_id"),
                    info.childText("hostname"),
                    real(info, "created_at"),
                    info.childText("v4address"),
                    whole(info, "v4data_port", 0, 0xFFFF),
                    whole(info, "v4service_port", 0, 0xFFFF),
                    info.child("desc").orElse(Element.of("desc", List.of())));
        } catch (IllegalArgumentException e) {
            throw new MalformedException(e.getMessage(), e);
        }
    }

    private static int whole(Element info, String name, int least, int greatest) throws MalformedException {
        double value = real(info, name);
        if (value != Math.rint(value) || value < least || value > greatest) {
            throw new MalformedException(
                    name + " is " + cut(info.childText(name)) + "; it can be " + least + " to " + greatest);
        }
        return (int) value;
    }

    private static double real(Element info, String name) throws MalformedException {
        String text = info.childText(name);
        if (text.isEmpty()) {
            return 0;
        }
        return Numbers.real(text, name);
    }

    /**
     * Reads any XML within the bounds.
     *
     * @throws MalformedException when it is none, has a document type or is too large
     */
    public static Element elements(byte[] bytes) throws MalformedException {
        if (bytes.length > MOST_BYTES) {
            throw new MalformedException("a description of " + bytes.length + " bytes is too long");
        }
        try {
            String text =
                    CONTROLS.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("");
            XMLStreamReader in = factory().createXMLStreamReader(new StringReader(text));
            try {
                return elements(in);
            } finally {
                in.close();
            }
        } catch (XMLStreamException e) {
            throw new MalformedException("the description is no XML that can be read: " + cut(e.getMessage()), e);
        } catch (RuntimeException e) {
            // The parser of some JDKs meets damaged input with an unchecked exception.
            throw new MalformedException("the description is no XML that can be read: " + cut(e.toString()), e);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("a description may not refer to anything outside");
        });
        return factory;
    }

    private static final class Open {
        private final String name;
        private final StringBuilder text = new StringBuilder();
        private final List<Element> children = new ArrayList<>();

        private Open(String name) {
            this.name = name;
        }

        private Element done() {
            return new Element(name, text.toString().strip(), children);
        }
    }

    private static Element elements(XMLStreamReader in) throws XMLStreamException, MalformedException {
        Deque<Open> open = new ArrayDeque<>();
        int count = 0;
        Element root = null;
        while (in.hasNext()) {
            switch (in.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (open.size() >= MOST_DEPTH || ++count > MOST_ELEMENTS) {
                        throw new MalformedException("a description with too many elements, or too deep");
                    }
                    open.push(new Open(in.getLocalName()));
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    Element done = open.pop().done();
                    if (open.isEmpty()) {
                        root = done;
                    } else {
                        open.peek().children.add(done);
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (!open.isEmpty()) {
                        open.peek().text.append(in.getText());
                    }
                }
                case XMLStreamConstants.DTD -> throw new MalformedException("a description may have no document type");
                case XMLStreamConstants.ENTITY_REFERENCE ->
                    throw new MalformedException("a description may have no entities of its own");
                default -> {
                    // Comments and the like say nothing.
                }
            }
        }
        if (root == null) {
            throw new MalformedException("an empty description");
        }
        return root;
    }

    private static String cut(String text) {
        String line = String.valueOf(text).replaceAll("\\s+", " ");
        return line.length() <= 120 ? line : line.substring(0, 120) + " …";
    }
}
