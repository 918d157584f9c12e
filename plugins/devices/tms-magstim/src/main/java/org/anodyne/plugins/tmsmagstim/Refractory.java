package org.anodyne.plugins.tmsmagstim;

import java.util.Optional;

/**
 * When the next pulse or train may be given, and whether at all: shortest times between pulses, highest frequencies and
 * the energy of a minute. A fire command whose outcome is unknown counts like any other. Thread: the lane.
 */
final class Refractory {
    private final Limits limits;
    private final Energy energy = new Energy();
    private long readyAt = Long.MIN_VALUE;
    private long lastWait;

    Refractory(Limits limits) {
        this.limits = limits;
    }

    /** Why it may not be given now; empty when it may. */
    Optional<String> refusal(Target target, long now) {
        Model model = limits.model();
        int power = target.power();
        if (target.train().isPresent()) {
            Target.Train train = target.train().get();
            int highest = model.highestFrequency(power, limits.mains());
            if (train.hertz() > highest) {
                return Optional.of("at " + power + " % this stimulator gives trains of up to " + highest + " Hz, not "
                        + train.hertz() + " Hz");
            }
            double longest = Energy.onTimePerMinute(power, train.hertz());
            if (longest < 60 && train.seconds() > longest) {
                return Optional.of("a train of " + train.hertz() + " Hz at " + power + " % may last "
                        + Math.floor(longest * 10) / 10 + " s in a minute, not " + train.seconds() + " s");
            }
        }
        if (readyAt != Long.MIN_VALUE && now - readyAt < 0) {
            return Optional.of("the last pulse or train was too short a time ago; wait "
                    + Math.ceil((readyAt - now) * 1e-8) / 10 + " s more");
        }
        if (model.rapid() && !energy.permits(joules(target), now)) {
            return Optional.of("the stimulator would give more than " + Energy.MINUTE / 1000
                    + " kJ within a minute; wait, or use less intensity or fewer pulses");
        }
        return Optional.empty();
    }

    private static double joules(Target target) {
        return target.train()
                .map(train -> Energy.inAMinute(target.power(), train.hertz(), train.pulses()))
                .orElseGet(() -> Energy.ofPulse(target.power()));
    }

    /**
     * Counts a fire command.
     *
     * @param deviceWaitSeconds the wait after a train that the device itself states
     */
    void count(Target target, double deviceWaitSeconds, long now) {
        long end = now + (long) (target.seconds() * 1e9);
        energy.count(joules(target), end);
        int power = Math.max(target.power(), target.secondPower());
        long wait = target.train()
                .map(train -> (long) (1e9
                        * Math.max(deviceWaitSeconds, Energy.waitAfter(target.power(), train.hertz(), train.pulses()))))
                .orElseGet(() -> limits.model().refractoryNanos(power));
        lastWait = wait;
        readyAt = end + wait;
    }

    /** Nothing goes on at this time: a train that was ended early has its wait from now on at the latest. */
    void nothingGoesOn(long now) {
        if (readyAt != Long.MIN_VALUE && readyAt - now > lastWait) {
            readyAt = now + lastWait;
        }
    }
}
