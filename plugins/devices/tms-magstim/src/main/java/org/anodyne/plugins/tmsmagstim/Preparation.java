package org.anodyne.plugins.tmsmagstim;

import java.util.List;

/**
 * Sets a connected stimulator and keeps what it is set to. Every change is read back; nothing is fired here. A command that
 * sets something and is refused because the stimulator is armed is given again while it is disarmed. Thread: the lane.
 */
final class Preparation {
    /**
     * How far it came.
     *
     * @param problem what is wrong; empty when nothing is
     * @param uncertain whether it is not known what the stimulator did
     * @param notBefore time before which it must not fire
     */
    record Result(String problem, boolean uncertain, long notBefore) {}

    private final Unit unit;
    private final Model model;
    private final Lengths lengths;

    /** Null when it is not known, because a change was not carried out to its end. */
    private Settings settings;

    private long settledAt = System.nanoTime();

    /** What it is set to is read first, by {@link #read}. */
    Preparation(Unit unit, Model model, Lengths lengths) {
        this.unit = unit;
        this.model = model;
        this.lengths = lengths;
    }

    /** The wait after a train that the device states, seconds. */
    double waitSeconds() {
        return settings.waitSeconds();
    }

    /** Asks what it is set to. */
    Answer read() throws InterruptedException {
        Answer answer = unit.ask(Request.asking(model.rapid() ? "\\@" : "J@"));
        if (answer instanceof Answer.Given given) {
            settings = Settings.of(given.reply(), lengths);
        }
        return answer;
    }

    /** Leads to the target as far as it gets by {@code until}; what is still missing then goes on by itself. */
    Result reach(Target target, long order, long until) throws InterruptedException {
        if (settings == null) {
            Answer answer = read();
            if (!(answer instanceof Answer.Given)) {
                return new Result(answer.problem(), answer instanceof Answer.Fault, 0);
            }
        }
        List<String> commands = settings.towards(target, model, lengths);
        if (!commands.isEmpty()) {
            Settings before = settings;
            settings = null;
            Answer failed = give(commands, order);
            // Power may have been changed even where a later command failed.
            settledAt = Math.max(settledAt, System.nanoTime()) + before.settleNanos(target, model);
            if (failed == null) {
                Answer answer = read();
                failed = answer instanceof Answer.Given ? null : answer;
            }
            if (failed != null) {
                return new Result(failed.problem(), failed instanceof Answer.Fault, 0);
            }
            if (!settings.are(target, model)) {
                String told = settings.toString();
                settings = null;
                return new Result("the stimulator was set, but says that it is set to " + told, true, 0);
            }
        }
        if (settledAt - until > 0) {
            return new Result(
                    "the power is on its way to " + target.power() + " % and settled in "
                            + tenths(settledAt - System.nanoTime()) + " s; give the command again then",
                    false,
                    0);
        }
        if (!unit.await(condition -> condition.status().ready(), order, until)) {
            return new Result(
                    "the stimulator is not ready yet (" + unit.condition().status() + "); give the command again",
                    false,
                    0);
        }
        return new Result("", false, settledAt);
    }

    private static double tenths(long nanos) {
        return Math.ceil(nanos * 1e-8) / 10;
    }

    /** Gives commands that set something; null when all were carried out. */
    private Answer give(List<String> commands, long order) throws InterruptedException {
        boolean disarmed = false;
        for (String command : commands) {
            Answer answer = unit.ask(Request.changing(command, order));
            if (answer instanceof Answer.Refused
                    && !disarmed
                    && unit.condition().status().armed()) {
                disarmed = true;
                Answer off = unit.ask(Request.changing(Request.DISARM, order));
                answer = off instanceof Answer.Given ? unit.ask(Request.changing(command, order)) : off;
            }
            if (!(answer instanceof Answer.Given)) {
                return answer;
            }
        }
        if (disarmed) {
            Answer on = unit.ask(Request.changing(Request.ARM, order));
            return on instanceof Answer.Given ? null : on;
        }
        return null;
    }
}
