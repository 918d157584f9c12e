package org.anodyne.plugins.thermodetcs2;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Something to tell or ask the thermode.
 *
 * @param text what is written
 * @param reply what is answered; empty for what is not
 * @param begins the stimulus that begins with it
 * @param order number of safety orders when it was asked for: not sent when there was one since
 * @param answer completed by the owner of the line
 */
record Request(
        String text, Optional<Reply> reply, Optional<Heat> begins, long order, CompletableFuture<Answer> answer) {
    /** Sent whatever was ordered. */
    static final long ALWAYS = -1;

    static Request ask(Reply reply) {
        return new Request(reply.command(), Optional.of(reply), Optional.empty(), ALWAYS, new CompletableFuture<>());
    }

    /** Asked only when nothing is hot any more of what was ended before. */
    static Request afterwards(Reply reply, long order) {
        return new Request(reply.command(), Optional.of(reply), Optional.empty(), order, new CompletableFuture<>());
    }

    static Request tell(String text, long order) {
        return new Request(text, Optional.empty(), Optional.empty(), order, new CompletableFuture<>());
    }

    /** Start, stoppable by the participant's button. */
    static Request begin(Heat heat, long order) {
        return new Request(
                heat.settings() + "Ol", Optional.empty(), Optional.of(heat), order, new CompletableFuture<>());
    }
}
