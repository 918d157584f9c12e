package org.anodyne.plugins.attentiontask;

/** What appears on the stone. The order is that of the shader that draws them. */
enum Symbol {
    CIRCLE,
    TRIANGLE,
    SQUARE,
    STAR,
    CRESCENT,
    WAVE,
    LEAF,
    CROSS
}
