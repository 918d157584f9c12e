package org.anodyne.programme;

/**
 * One fault of a programme.
 *
 * @param file name of the file within the programme, e.g. {@code lessons/goals.md}
 * @param line from 1; 0 when it belongs to no line
 * @param message what is wrong and what to do
 */
public record Fault(String file, int line, String message) {
    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + ": " + message;
    }
}
