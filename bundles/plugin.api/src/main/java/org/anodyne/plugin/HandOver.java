package org.anodyne.plugin;

/**
 * What an instance gives its successor when it is replaced in a running session.
 *
 * @param format name of the format, chosen by the plug-in; a successor refuses a name it does not know
 * @param version version of the format
 * @param bytes the state; must let a successor of the same version continue bit for bit
 */
public record HandOver(String format, int version, byte[] bytes) {}
