package org.anodyne.formats.edf;

/**
 * An annotation.
 *
 * @param onsetSeconds seconds after the start time of the file
 * @param durationSeconds length in seconds; -1 when none is given
 * @param text what it says
 */
public record EdfAnnotation(double onsetSeconds, double durationSeconds, String text) {}
