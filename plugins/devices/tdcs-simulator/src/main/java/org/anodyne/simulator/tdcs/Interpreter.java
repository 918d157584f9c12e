package org.anodyne.simulator.tdcs;

import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Commands to what the device does. */
final class Interpreter {
    private static final Pattern FORM = Pattern.compile("(\\*?[A-Z]+(?::[A-Z]+)?)(\\?|(?: (\\S+))?)");
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,5}(\\.[0-9]{1,3})?");

    private final Unit unit;

    Interpreter(Unit unit) {
        this.unit = unit;
    }

    /** Carries out one command and gives the text of its reply. */
    String answer(String text, long now) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return unit.error(Unit.SYNTAX, "SYNTAX");
        }
        String argument = form.group(3) == null ? "" : form.group(3);
        if (form.group(2).equals("?")) {
            return query(form.group(1), now);
        }
        return argument.isEmpty() ? order(form.group(1), now) : set(form.group(1), argument, now);
    }

    private String query(String name, long now) {
        Settings settings = unit.settings();
        return switch (name) {
            case "*IDN" -> "ANODYNE,TDCS-REF,SIM-0001,1.0";
            case "CONF" ->
                String.join(
                        ",",
                        query("CONF:CURR", now),
                        query("CONF:RAMP", now),
                        query("CONF:DUR", now),
                        query("CONF:MODE", now),
                        query("CONF:FREQ", now),
                        query("CONF:SHAM", now),
                        query("CONF:AREA", now));
            case "CONF:CURR" -> Replies.number(settings.milliamps(), 3);
            case "CONF:RAMP" -> Replies.number(settings.ramp(), 1);
            case "CONF:DUR" -> Replies.number(settings.duration(), 1);
            case "CONF:MODE" -> settings.alternating() ? "AC" : "DC";
            case "CONF:FREQ" -> Replies.number(settings.hertz(), 2);
            case "CONF:SHAM" -> settings.sham() ? "1" : "0";
            case "CONF:AREA" -> Replies.number(settings.area(), 1);
            case "MEAS:IMP" -> unit.impedance(now);
            case "MEAS:CURR" -> unit.current();
            case "STAT" -> unit.status(now);
            case "SYST:ERR" -> unit.nextError();
            case "SYST:CRC" -> unit.checked() ? "ON" : "OFF";
            case "SYST:WDOG" -> Long.toString(unit.watchdogMillis());
            default -> unit.error(Unit.SYNTAX, "SYNTAX");
        };
    }

    private String order(String name, long now) {
        return switch (name) {
            case "OUTP:ARM" -> unit.arm(now);
            case "ABOR" -> unit.abort(now);
            default -> unit.error(Unit.SYNTAX, "SYNTAX");
        };
    }

    private String set(String name, String argument, long now) {
        Settings old = unit.settings();
        return switch (name) {
            case "CONF:CURR" -> number(argument, 0, 4, 1000, old::withMilliamps, now);
            case "CONF:RAMP" -> number(argument, 1, 120, 10, old::withRamp, now);
            case "CONF:DUR" -> number(argument, 2, 2400, 10, old::withDuration, now);
            case "CONF:FREQ" -> number(argument, 0.1, 200, 100, old::withHertz, now);
            case "CONF:AREA" -> number(argument, 1, 100, 10, old::withArea, now);
            case "CONF:MODE" -> choice(argument, "AC", "DC", old::withAlternating, now);
            case "CONF:SHAM" -> choice(argument, "1", "0", old::withSham, now);
            case "OUTP" ->
                switch (argument) {
                    case "ON" -> unit.on(now);
                    case "OFF" -> unit.off(now);
                    default -> unit.error(Unit.SYNTAX, "SYNTAX");
                };
            case "SYST:CRC" ->
                switch (argument) {
                    case "ON", "OFF" -> {
                        unit.check(argument.equals("ON"));
                        yield Replies.OK;
                    }
                    default -> unit.error(Unit.SYNTAX, "SYNTAX");
                };
            case "SYST:WDOG" -> watchdog(argument);
            default -> unit.error(Unit.SYNTAX, "SYNTAX");
        };
    }

    private String watchdog(String argument) {
        if (!argument.matches("[0-9]{1,5}")) {
            return unit.error(Unit.SYNTAX, "SYNTAX");
        }
        long millis = Long.parseLong(argument);
        if (millis < 100 || millis > 5000) {
            return unit.error(Unit.RANGE, "RANGE 100-5000");
        }
        unit.watchdog(millis);
        return Replies.OK;
    }

    private String number(
            String argument, double least, double greatest, int steps, Function<Double, Settings> change, long now) {
        if (!NUMBER.matcher(argument).matches()) {
            return unit.error(Unit.SYNTAX, "SYNTAX");
        }
        double value = Double.parseDouble(argument);
        double inSteps = value * steps;
        if (value < least || value > greatest || Math.abs(inSteps - Math.rint(inSteps)) > 1e-6) {
            return unit.error(Unit.RANGE, "RANGE " + least + "-" + greatest);
        }
        return unit.set(change.apply(value), now);
    }

    private String choice(String argument, String yes, String no, Function<Boolean, Settings> change, long now) {
        if (!argument.equals(yes) && !argument.equals(no)) {
            return unit.error(Unit.SYNTAX, "SYNTAX");
        }
        return unit.set(change.apply(argument.equals(yes)), now);
    }
}
