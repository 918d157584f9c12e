package org.anodyne.line;

/**
 * How a serial port is set; without meaning for a pseudo-terminal and TCP. There is never flow control.
 *
 * @param baud bits per second
 * @param dataBits 5 to 8
 * @param parity as the device's manual says
 * @param stopBits 1 or 2
 */
public record SerialSettings(int baud, int dataBits, Parity parity, int stopBits) {
    /** What the parity bit says. */
    public enum Parity {
        NONE,
        EVEN,
        ODD
    }

    /** @throws IllegalArgumentException when a value is none that a port can have */
    public SerialSettings {
        if (baud < 1 || dataBits < 5 || dataBits > 8 || stopBits < 1 || stopBits > 2) {
            throw new IllegalArgumentException("No serial port can be set to " + baud + " baud, " + dataBits
                    + " data bits and " + stopBits + " stop bits.");
        }
    }

    /** 8 data bits, no parity, one stop bit. */
    public static SerialSettings baud(int baud) {
        return new SerialSettings(baud, 8, Parity.NONE, 1);
    }

    /** 8 data bits, even parity, one stop bit. */
    public static SerialSettings evenParity(int baud) {
        return new SerialSettings(baud, 8, Parity.EVEN, 1);
    }
}
