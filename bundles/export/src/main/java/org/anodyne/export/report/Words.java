package org.anodyne.export.report;

import java.util.Locale;
import org.anodyne.export.facts.SessionFacts;

/** Names of the platform in plain words. */
final class Words {
    private Words() {}

    static String verdict(String verdict) {
        return switch (verdict) {
            case "FIRED" -> "fired";
            case "HELD_BY_REFRACTORY_TIME" -> "refractory time not over";
            case "HELD_BY_CAP_PER_MINUTE" -> "cap per minute reached";
            case "HELD_BY_CAP_PER_PHASE" -> "cap per phase reached";
            case "HELD_BY_CAP_PER_SESSION" -> "cap per session reached";
            case "HELD_BY_CAP_PER_DAY" -> "cap per day reached";
            case "HELD_BY_MISSING_BASELINE" -> "no baseline yet";
            case "HELD_BY_UNLESS" -> "inhibited by what its \"unless\" names";
            case "STOPPED_BY_UNLESS" -> "stopped after too many inhibitions in a row";
            default -> verdict.toLowerCase(Locale.ROOT).replace('_', ' ');
        };
    }

    static String outcome(String outcome) {
        return switch (outcome) {
            case "EXECUTED" -> "executed";
            case "REFUSED" -> "refused, not sent to the device";
            case "FAILED" -> "failed at the device";
            case "UNKNOWN" -> "no answer from the device, counts as delivered";
            default -> "never acknowledged";
        };
    }

    /** {@code charge_uC} as {@code charge, µC}. */
    static String quantity(String name) {
        int cut = name.lastIndexOf('_');
        if (cut < 0) {
            return name;
        }
        String unit = name.substring(cut + 1);
        return name.substring(0, cut).replace('_', ' ') + ", "
                + (unit.matches("u[A-Z].*") ? "µ" + unit.substring(1) : unit);
    }

    static String unit(String unit) {
        return switch (unit) {
            case "", "a.u." -> "arbitrary units";
            default -> unit.replaceAll("\\bu(?=[A-Z])", "µ").replace("^2", "²").replace("^3", "³");
        };
    }

    /** A feature's unit as it stands behind its numbers; empty for plain numbers and where no unit is known. */
    static String featureUnit(SessionFacts facts, String feature) {
        String unit = facts.units().getOrDefault(feature, "1");
        return unit.equals("1") ? "" : unit(unit);
    }

    /** A feature's value with its unit. */
    static String value(SessionFacts facts, String feature, double value) {
        String unit = Double.isFinite(value) ? featureUnit(facts, feature) : "";
        return Html.number(value) + (unit.isEmpty() ? "" : " " + unit);
    }
}
