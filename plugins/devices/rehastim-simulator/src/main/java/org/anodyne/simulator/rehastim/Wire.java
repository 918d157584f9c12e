package org.anodyne.simulator.rehastim;

/** The unit's end of the line. Called by the thread that drives the unit; must not block. */
interface Wire {

    /** Puts these bytes on the line in one write; they are lost when nobody is connected. */
    void write(byte[] bytes);

    /** Cuts the line, or mends it. */
    void cut(boolean cut);
}
