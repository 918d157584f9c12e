package org.anodyne.plugins.tmsmagstim;

import java.util.concurrent.CompletableFuture;

/**
 * Something to ask the stimulator.
 *
 * @param text command and data
 * @param order number of safety orders when it was asked for: not sent when there was one since
 * @param notBefore for a fire command, time before which it is not sent, of {@link System#nanoTime}
 * @param answer completed by the owner of the line
 */
record Request(String text, long order, long notBefore, CompletableFuture<Answer> answer) {
    static final String DISARM = "EA";
    static final String ARM = "EB";
    static final String FIRE = "EH";

    /** Sent whatever was ordered: for what switches off or only asks. */
    static final long ALWAYS = -1;

    static Request asking(String text) {
        return new Request(text, ALWAYS, 0, new CompletableFuture<>());
    }

    static Request changing(String text, long order) {
        return new Request(text, order, 0, new CompletableFuture<>());
    }

    /** Never sent twice: not by the owner, not by anybody else. */
    static Request fire(long order, long notBefore) {
        return new Request(FIRE, order, notBefore, new CompletableFuture<>());
    }

    int command() {
        return text.charAt(0);
    }

    boolean is(String which) {
        return text.equals(which);
    }
}
