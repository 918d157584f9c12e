package org.anodyne.plugins.tmsmagstim;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the stimulator says that it is set to.
 *
 * @param power of the coil, or of the first of two pulses, in %
 * @param secondPower in %
 * @param interval of a BiStim
 * @param singlePulses whether a Rapid gives single pulses; true for the others
 * @param train what a Rapid would give as a train
 * @param waitSeconds wait after a train that the device states
 */
record Settings(
        int power,
        int secondPower,
        int interval,
        boolean singlePulses,
        Optional<Target.Train> train,
        double waitSeconds) {

    /** Reads the reply to {@code J} or {@code \}. */
    static Settings of(Reply reply, Lengths lengths) {
        if (reply.command() == 'J') {
            return new Settings(reply.number(1, 3), reply.number(4, 3), reply.number(7, 3), true, Optional.empty(), 0);
        }
        int at = 2;
        int power = reply.number(at, 3);
        at += 3;
        int decihertz = reply.number(at, 4);
        at += 4;
        int pulses = reply.number(at, lengths.pulseDigits());
        at += lengths.pulseDigits();
        int deciseconds = reply.number(at, lengths.durationDigits());
        at += lengths.durationDigits();
        double wait = reply.number(at, lengths.waitDigits()) / 10.0;
        boolean single = new RapidStatus(reply.data()[1] & 0xFF).singlePulseMode();
        return new Settings(power, 0, 0, single, Optional.of(new Target.Train(decihertz, pulses, deciseconds)), wait);
    }

    /** Whether it would give just this. */
    boolean are(Target target, Model model) {
        if (power != target.power() || singlePulses == target.train().isPresent()) {
            return false;
        }
        if (target.train().isPresent()) {
            return target.train().equals(train);
        }
        // With single pulses the second power decides; the interval then means nothing.
        return model != Model.BISTIM
                || secondPower == target.secondPower() && (secondPower == 0 || interval == target.interval());
    }

    /** Commands that lead from here to the target; the power comes last, because it takes its time from then on. */
    List<String> towards(Target target, Model model, Lengths lengths) {
        List<String> commands = new ArrayList<>();
        if (model.rapid() && target.train().isPresent()) {
            Target.Train wanted = target.train().get();
            if (singlePulses) {
                commands.add(duration(10, lengths));
            }
            if (singlePulses || !target.train().equals(train)) {
                commands.add(String.format("B%04d", wanted.decihertz()));
                commands.add("D" + digits(wanted.pulses(), lengths.pulseDigits()));
                commands.add(duration(wanted.deciseconds(), lengths));
            }
        } else if (model.rapid() && !singlePulses) {
            commands.add(duration(0, lengths));
        }
        if (model == Model.BISTIM) {
            if (target.secondPower() > 0 && interval != target.interval()) {
                commands.add(String.format("C%03d", target.interval()));
            }
            if (secondPower != target.secondPower()) {
                commands.add(String.format("A%03d", target.secondPower()));
            }
        }
        if (power != target.power()) {
            commands.add(String.format("@%03d", target.power()));
        }
        return commands;
    }

    /** Time that the changed powers need, nanoseconds. */
    long settleNanos(Target target, Model model) {
        long first = Target.settleNanos(power, target.power());
        return model == Model.BISTIM ? Math.max(first, Target.settleNanos(secondPower, target.secondPower())) : first;
    }

    private static String duration(int deciseconds, Lengths lengths) {
        return "[" + digits(deciseconds, lengths.durationDigits());
    }

    private static String digits(int value, int count) {
        return String.format("%0" + count + "d", value);
    }
}
