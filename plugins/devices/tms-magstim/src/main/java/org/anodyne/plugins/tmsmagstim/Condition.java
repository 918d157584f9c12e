package org.anodyne.plugins.tmsmagstim;

import java.util.Optional;

/**
 * What is known of the stimulator.
 *
 * @param status of the instrument
 * @param rapid of the Rapid, as far as it was told
 * @param coilCelsius temperature of the warmer coil; NaN as long as it was not told
 * @param atNanos when the status came
 */
record Condition(Status status, Optional<RapidStatus> rapid, double coilCelsius, long atNanos) {
    private static final int ARMED = 2;
    private static final int READY = 4;

    static final Condition NONE = new Condition(new Status(0), Optional.empty(), Double.NaN, 0);

    Condition with(Reply reply, long now) {
        Optional<RapidStatus> told = reply.rapidStatus();
        double celsius = reply.command() == 'F' ? Math.max(reply.number(1, 3), reply.number(4, 3)) / 10.0 : coilCelsius;
        return new Condition(reply.status(), told.isPresent() ? told : rapid, celsius, now);
    }

    /** What it is taken for after a fire command, until it says otherwise: armed, but not ready. */
    Condition fired() {
        return new Condition(new Status(status.bits() & ~READY | ARMED), rapid, coilCelsius, atNanos);
    }

    boolean trainRunning() {
        return rapid.isPresent() && rapid.get().trainRunning();
    }

    /** Why it may not be armed or stay so; empty when it may. */
    String problem(double maximumCelsius) {
        if (!status.remote()) {
            return "it is not under remote control";
        }
        if (status.error()) {
            return "it reports an error (" + status + ")";
        }
        if (!status.coilPresent()) {
            return "no coil is connected";
        }
        if (status.replaceCoil()) {
            return "the coil has to be replaced";
        }
        return coilCelsius > maximumCelsius
                ? "the coil has " + coilCelsius + " °C, more than " + maximumCelsius + " °C"
                : "";
    }
}
