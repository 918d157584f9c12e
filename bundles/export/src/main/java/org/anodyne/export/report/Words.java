package org.anodyne.export.report;

import java.util.Locale;

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
            case "HELD_BY_MISSING_BASELINE" -> "no baseline yet";
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
            default -> unit.matches("u[A-Z].*") ? "µ" + unit.substring(1) : unit;
        };
    }
}
