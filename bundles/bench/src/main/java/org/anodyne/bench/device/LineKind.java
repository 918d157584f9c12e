package org.anodyne.bench.device;

import java.util.Locale;

/** How the adapter and its simulated device are connected. */
enum LineKind {
    /** TCP on this machine. */
    TCP,
    /** A pair of pseudo-terminals, opened as a serial port is; a USB adapter's own time is not in it. */
    PTY;

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
