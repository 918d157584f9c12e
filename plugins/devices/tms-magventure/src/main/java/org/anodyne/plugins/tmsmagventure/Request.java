package org.anodyne.plugins.tmsmagventure;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Something to do. The stimulator acknowledges nothing, so each request says what has to be seen afterwards.
 *
 * @param what in words
 * @param packets to send, in one write
 * @param order number of safety orders when it was asked for: not sent when there was one since
 * @param kind what must be known about it
 * @param shows whether a packet that came after it, and the state with it, show that it was carried out
 * @param answer completed by the owner of the line
 */
record Request(
        String what, List<Packet> packets, long order, Kind kind, Shows shows, CompletableFuture<Answer> answer) {

    enum Kind {
        OTHER,
        ENABLE,
        DISABLE,
        PULSE,
        TRAIN
    }

    /** What shows that a request was carried out. */
    @FunctionalInterface
    interface Shows {
        boolean in(Packet packet, State state);
    }

    /** Sent whatever was ordered: for what switches off or only asks. */
    static final long ALWAYS = -1;

    private static Request of(String what, long order, Kind kind, Shows shows, Packet... packets) {
        return new Request(what, List.of(packets), order, kind, shows, new CompletableFuture<>());
    }

    static Request state() {
        return of(
                "tell its state",
                ALWAYS,
                Kind.OTHER,
                (packet, state) -> packet.type() == Packet.LONG_STATUS && state.page() >= 0,
                Packet.longStatus());
    }

    static Request disable() {
        return of(
                "disable",
                ALWAYS,
                Kind.DISABLE,
                (packet, state) -> packet.type() == Packet.STATUS && !state.enabled(),
                Packet.enable(false),
                Packet.status());
    }

    static Request enable(long order) {
        return of(
                "enable",
                order,
                Kind.ENABLE,
                (packet, state) -> packet.type() == Packet.STATUS && state.enabled(),
                Packet.enable(true),
                Packet.status());
    }

    static Request amplitude(int percent, long order) {
        return of(
                "set the amplitude to " + percent + " %",
                order,
                Kind.OTHER,
                (packet, state) -> packet.type() == Packet.STATUS && state.amplitude() == percent,
                Packet.amplitude(percent),
                Packet.status());
    }

    static Request page(int page, long order) {
        return of(
                "show page " + page,
                order,
                Kind.OTHER,
                (packet, state) -> packet.type() == Packet.LONG_STATUS && state.page() == page,
                Packet.page(page),
                Packet.longStatus());
    }

    /** Sets the waveform. How many pulses a burst has and how far apart they are does not show. */
    static Request waveform(int waveform, State state, long order) {
        return of(
                "set the waveform",
                order,
                Kind.OTHER,
                (packet, told) -> packet.type() == Packet.STATUS && told.waveform() == waveform,
                Packet.waveform(state.model(), state.mode(), waveform),
                Packet.status());
    }

    /** Sets trains. That the stimulator understood cannot be seen; that it hears can. */
    static Request timing(Timing timing, long order) {
        return of(
                "set the train",
                order,
                Kind.OTHER,
                (packet, state) -> packet.type() == Packet.LONG_STATUS,
                Packet.timing(timing),
                Packet.longStatus());
    }

    /** Never sent twice. */
    static Request pulse(long order) {
        return of("give a pulse", order, Kind.PULSE, (packet, state) -> packet.type() == Packet.PULSE, Packet.fire());
    }

    /** Never sent twice: a second one would end the train, or begin another. */
    static Request train(long order) {
        return of(
                "start the train",
                order,
                Kind.TRAIN,
                (packet, state) -> packet.type() == Packet.PULSE || state.trainRunning(),
                Packet.train(),
                Packet.longStatus());
    }
}
