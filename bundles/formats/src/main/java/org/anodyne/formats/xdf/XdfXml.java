package org.anodyne.formats.xdf;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The small XML documents in headers and footers. No document type, no entities, limited depth and size. */
final class XdfXml {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_ELEMENTS = 200_000;

    /** An element: text is the trimmed concatenation of its own text. */
    record Element(String name, String text, List<Element> children) {
        /** First child of that name, or null. */
        Element child(String wanted) {
            for (Element child : children) {
                if (child.name.equals(wanted)) {
                    return child;
                }
            }
            return null;
        }

        /** Text of the first child of that name, or empty. */
        String text(String wanted) {
            Element child = child(wanted);
            return child == null ? "" : child.text;
        }

        double number(String wanted, double otherwise) {
            try {
                return Double.parseDouble(text(wanted));
            } catch (NumberFormatException absentOrOdd) {
                return otherwise;
            }
        }

        /** Children that hold text alone, in order, the first of each name. */
        Map<String, String> leaves() {
            Map<String, String> leaves = new LinkedHashMap<>();
            for (Element child : children) {
                if (child.children.isEmpty()) {
                    leaves.putIfAbsent(child.name, child.text);
                }
            }
            return leaves;
        }
    }

    private XdfXml() {}

    /**
     * Parses a document.
     *
     * @throws IllegalArgumentException when it is not well formed or beyond the limits
     */
    static Element parse(String xml) {
        Builder builder = new Builder();
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.newSAXParser().parse(new InputSource(new StringReader(xml.strip())), builder);
        } catch (SAXException | IOException e) {
            throw new IllegalArgumentException("its XML cannot be read: " + e.getMessage(), e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML parser of this Java cannot be made safe", e);
        }
        return builder.root;
    }

    private static final class Builder extends DefaultHandler {
        private record Open(String name, StringBuilder text, List<Element> children) {}

        private final Deque<Open> stack = new ArrayDeque<>();
        private int elements;
        private Element root;

        @Override
        public void startElement(String uri, String local, String name, Attributes attributes) throws SAXException {
            if (stack.size() >= MAX_DEPTH || ++elements > MAX_ELEMENTS) {
                throw new SAXException("too deep or too large");
            }
            stack.push(new Open(name, new StringBuilder(), new ArrayList<>()));
        }

        @Override
        public void characters(char[] text, int start, int length) {
            stack.element().text.append(text, start, length);
        }

        @Override
        public void endElement(String uri, String local, String name) {
            Open open = stack.pop();
            Element done = new Element(open.name, open.text.toString().strip(), List.copyOf(open.children));
            if (stack.isEmpty()) {
                root = done;
            } else {
                stack.element().children.add(done);
            }
        }

        // The default prints to the console.
        @Override
        public void fatalError(org.xml.sax.SAXParseException e) throws SAXException {
            throw e;
        }
    }

    /** Writes documents. */
    static final class Writer {
        private final StringBuilder out = new StringBuilder("<?xml version=\"1.0\"?>");

        Writer open(String name) {
            out.append('<').append(checked(name)).append('>');
            return this;
        }

        Writer close(String name) {
            out.append("</").append(name).append('>');
            return this;
        }

        Writer leaf(String name, String text) {
            open(name);
            escape(text);
            return close(name);
        }

        @Override
        public String toString() {
            return out.toString();
        }

        private static String checked(String name) {
            if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
                throw new IllegalArgumentException("\"" + name + "\" cannot be the name of an XML element");
            }
            return name;
        }

        private void escape(String text) {
            text.codePoints().forEach(c -> {
                switch (c) {
                    case '<' -> out.append("&lt;");
                    case '>' -> out.append("&gt;");
                    case '&' -> out.append("&amp;");
                    case '\r' -> out.append("&#13;");
                    default -> {
                        // XML 1.0 cannot hold most control characters or lone surrogates at all.
                        boolean legal = c == '\t'
                                || c == '\n'
                                || (c >= 0x20 && c <= 0xD7FF)
                                || (c >= 0xE000 && c <= 0xFFFD)
                                || c >= 0x10000;
                        out.appendCodePoint(legal ? c : 0xFFFD);
                    }
                }
            });
        }
    }

    /** A number as every XML reader takes it: whole numbers without a point. */
    static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    static String fileHeader(Map<String, String> properties) {
        Writer xml = new Writer().open("info").leaf("version", "1.0");
        properties.forEach((name, value) -> {
            if (!name.equals("version")) {
                xml.leaf(name, value);
            }
        });
        return xml.close("info").toString();
    }

    static String streamHeader(XdfStreamHeader header) {
        Writer xml = new Writer()
                .open("info")
                .leaf("name", header.name())
                .leaf("type", header.type())
                .leaf("channel_count", Integer.toString(header.channelCount()))
                .leaf("nominal_srate", number(header.nominalRate()))
                .leaf("channel_format", header.format().xdfName())
                .leaf("source_id", header.sourceId())
                .leaf("created_at", header.createdAt())
                .open("desc");
        if (!header.channels().isEmpty()) {
            xml.open("channels");
            for (XdfStreamHeader.Channel channel : header.channels()) {
                xml.open("channel").leaf("label", channel.label());
                xml.leaf("unit", channel.unit()).leaf("type", channel.type()).close("channel");
            }
            xml.close("channels");
        }
        header.desc().forEach(xml::leaf);
        return xml.close("desc").close("info").toString();
    }

    /**
     * Reads a stream header.
     *
     * @throws IllegalArgumentException when a needed field is missing or makes no sense
     */
    static XdfStreamHeader streamHeader(String xml) {
        Element info = parse(xml);
        XdfFormat format = XdfFormat.named(info.text("channel_format"));
        double count = info.number("channel_count", -1);
        double rate = info.number("nominal_srate", 0);
        if (format == null) {
            throw new IllegalArgumentException("channel_format \"" + info.text("channel_format") + "\" is unknown");
        }
        if (!(count >= 1 && count <= 1_000_000) || count != Math.rint(count)) {
            throw new IllegalArgumentException("channel_count \"" + info.text("channel_count") + "\" makes no sense");
        }
        List<XdfStreamHeader.Channel> channels = new ArrayList<>();
        Map<String, String> properties = Map.of();
        Element desc = info.child("desc");
        if (desc != null) {
            Element list = desc.child("channels");
            for (Element channel : list == null ? List.<Element>of() : list.children()) {
                if (channel.name().equals("channel")) {
                    channels.add(new XdfStreamHeader.Channel(
                            channel.text("label"), channel.text("unit"), channel.text("type")));
                }
            }
            properties = new LinkedHashMap<>(desc.leaves());
            properties.remove("channels");
        }
        return new XdfStreamHeader(
                info.text("name"),
                info.text("type"),
                (int) count,
                rate,
                format,
                info.text("source_id"),
                info.text("created_at"),
                channels,
                properties);
    }
}
