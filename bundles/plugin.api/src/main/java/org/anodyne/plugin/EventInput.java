package org.anodyne.plugin;

/**
 * An event together with the slot it came from; {@code session} for those of the session itself, such as {@code phase}.
 *
 * @param slot slot that published it
 */
public record EventInput(String slot, Event event) {}
