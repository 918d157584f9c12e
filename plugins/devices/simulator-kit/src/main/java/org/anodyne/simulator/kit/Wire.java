package org.anodyne.simulator.kit;

/** The device's end of the line. Called by the thread that drives the device; must not block. */
public interface Wire {

    /** Puts these bytes on the line in one write; they are lost when nobody is connected. */
    void write(byte[] bytes);

    /** Cuts the line, or mends it. */
    void cut(boolean cut);
}
