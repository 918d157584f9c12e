package org.anodyne.plugins.tensrehastim;

import java.io.IOException;
import java.time.Duration;
import org.anodyne.plugin.PluginException;

/** Where a stimulator is. */
sealed interface Address {
    /** Opens a line to it. */
    Line open(Duration patience) throws IOException;

    /** Over TCP: {@code tcp:HOST:PORT}. */
    record Tcp(String host, int port) implements Address {
        @Override
        public Line open(Duration patience) throws IOException {
            return TcpLine.open(host, port, patience);
        }

        @Override
        public String toString() {
            return "tcp:" + host + ":" + port;
        }
    }

    /** A serial port ({@code serial:PATH}) or a pseudo-terminal ({@code pty:PATH}). */
    record Serial(String kind, String path) implements Address {
        @Override
        public Line open(Duration patience) throws IOException {
            return SerialLine.open(path);
        }

        @Override
        public String toString() {
            return kind + ":" + path;
        }
    }

    /**
     * Reads an address.
     *
     * @throws PluginException when it is none
     */
    static Address parse(String text) throws PluginException {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        String rest = text.substring(colon + 1);
        if ((kind.equals("serial") || kind.equals("pty")) && !rest.isBlank()) {
            return new Serial(kind, rest);
        }
        int port = rest.lastIndexOf(':');
        if (kind.equals("tcp") && port > 0 && rest.substring(port + 1).matches("[0-9]{1,5}")) {
            int number = Integer.parseInt(rest.substring(port + 1));
            if (number > 0 && number <= 0xFFFF) {
                return new Tcp(rest.substring(0, port), number);
            }
        }
        throw new PluginException("tens-rehastim: '" + text + "' is no address of a stimulator; write " + FORMS + ".");
    }

    /** The forms of an address, for a person. */
    String FORMS = "serial:/dev/ttyUSB0, pty:/path or tcp:127.0.0.1:PORT";
}
