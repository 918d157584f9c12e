package org.anodyne.plugins.tensrehastim;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Something to ask the stimulator.
 *
 * @param command command to send
 * @param reply command of the answer
 * @param replyLength bytes of data in the answer
 * @param data data to send
 * @param order number of safety orders when it was asked for: not sent when there was one since
 * @param burst the burst that begins with it, if any
 * @param replaces the burst whose place that one takes; not sent unless it is under way
 * @param answer completed by the owner of the line
 */
record Request(
        int command,
        int reply,
        int replyLength,
        int[] data,
        long order,
        Optional<Burst> burst,
        Optional<Burst> replaces,
        CompletableFuture<Answer> answer) {

    /** Sent whatever was ordered: for what switches off or only asks. */
    static final long ALWAYS = -1;

    /**
     * A burst under way.
     *
     * @param commandId id of the command that it executes
     * @param dose what was asked for
     */
    record Burst(String commandId, Dose dose) {}

    static Request stop() {
        return of(Packet.STOP, Packet.STOP_ACK, 1, ALWAYS);
    }

    static Request mode() {
        return of(Packet.GET_STIM_MODE, Packet.GET_STIM_MODE_ACK, 2, ALWAYS);
    }

    static Request of(int command, int reply, int replyLength, long order, int... data) {
        return new Request(
                command,
                reply,
                replyLength,
                data,
                order,
                Optional.empty(),
                Optional.empty(),
                new CompletableFuture<>());
    }

    Request beginning(Burst begun) {
        return new Request(command, reply, replyLength, data, order, Optional.of(begun), Optional.empty(), answer);
    }

    Request replacing(Burst running, Burst next) {
        return new Request(command, reply, replyLength, data, order, Optional.of(next), Optional.of(running), answer);
    }
}
