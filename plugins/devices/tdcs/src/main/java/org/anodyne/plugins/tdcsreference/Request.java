package org.anodyne.plugins.tdcsreference;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Something to ask the stimulator.
 *
 * @param text the command
 * @param order number of safety orders when it was asked for: not sent when there was one since
 * @param begins the stimulation that begins with it
 * @param answer completed by the owner of the line
 */
record Request(String text, long order, Optional<Course> begins, CompletableFuture<Answer> answer) {
    /** Sent whatever was ordered: for what switches off or only asks. */
    static final long ALWAYS = -1;

    static final String STATUS = "STAT?";
    static final String ABORT = "ABOR";

    static Request of(String text, long order) {
        return new Request(text, order, Optional.empty(), new CompletableFuture<>());
    }

    static Request beginning(Course course, long order) {
        return new Request("OUTP ON", order, Optional.of(course), new CompletableFuture<>());
    }

    /** Whether it asks for a value; else it is answered by OK. */
    boolean asks() {
        return text.endsWith("?");
    }

    boolean is(String command) {
        return text.equals(command);
    }
}
