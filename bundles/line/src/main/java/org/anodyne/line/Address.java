package org.anodyne.line;

import java.io.IOException;
import java.time.Duration;

/** Where a device is: {@code serial:PATH}, {@code pty:PATH} or {@code tcp:HOST:PORT}. */
public sealed interface Address {
    /** The forms of an address, for a person. */
    String FORMS = "serial:/dev/ttyUSB0, pty:/path or tcp:127.0.0.1:PORT";

    /**
     * Opens a line to it.
     *
     * @param settings of a serial port; without meaning for the others
     * @param patience how long a connection over TCP may take
     * @throws IOException when there is nothing, or it is in use; the message is for a person
     */
    Line open(SerialSettings settings, Duration patience) throws IOException;

    /** Over TCP: {@code tcp:HOST:PORT}. */
    record Tcp(String host, int port) implements Address {
        @Override
        public Line open(SerialSettings settings, Duration patience) throws IOException {
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
        public Line open(SerialSettings settings, Duration patience) throws IOException {
            // A pseudo-terminal has no wire, so no parity: one that is asked for fails when it is opened again.
            return SerialLine.open(path, kind.equals("pty") ? SerialSettings.baud(settings.baud()) : settings);
        }

        @Override
        public String toString() {
            return kind + ":" + path;
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException when it is none; the message is for a person
     */
    static Address parse(String text) {
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
        throw new IllegalArgumentException("'" + text + "' is no address of a device; write " + FORMS + ".");
    }
}
