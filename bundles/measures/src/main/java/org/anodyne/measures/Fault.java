package org.anodyne.measures;

/**
 * Something that is wrong with a table.
 *
 * @param line line of the file, from 1; 0 when it is of the whole file
 * @param text what, where and what to do
 */
public record Fault(long line, String text) {
    @Override
    public String toString() {
        return line > 0 ? "line " + line + ": " + text : text;
    }
}
