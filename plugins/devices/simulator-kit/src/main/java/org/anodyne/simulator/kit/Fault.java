package org.anodyne.simulator.kit;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fault to inject, written {@code NAME[=VALUE][@N|@*]}.
 *
 * @param kind what goes wrong
 * @param value the whole number after {@code =}, milliseconds unless the device says otherwise, or −1
 * @param reply the reply it is about, counted from 1 since the process began; {@link #NOW} or {@link #ALWAYS}
 */
public record Fault(FaultKind kind, long value, int reply) {

    /** The next reply, or at once. */
    public static final int NOW = 0;

    /** Every reply. */
    public static final int ALWAYS = -1;

    private static final Pattern FORM = Pattern.compile("([a-z-]+)(?:=(\\d{1,7}))?(?:@(\\*|[1-9]\\d{0,8}))?");

    /**
     * Reads a fault as it stands on the command line.
     *
     * @throws IllegalArgumentException when the text has another form or names no fault
     */
    public static Fault parse(String text) {
        return parse(text, EnumSet.allOf(FaultKind.class));
    }

    /**
     * Reads a fault that a device has.
     *
     * @param supported the kinds that this device has
     * @throws IllegalArgumentException when the text has another form or names none of them
     */
    public static Fault parse(String text, Set<FaultKind> supported) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no fault: write NAME, NAME@N (the N-th reply), "
                    + "NAME@* (every reply) or NAME=MS@N, for example late-reply=300@4");
        }
        FaultKind kind = FaultKind.named(matcher.group(1), supported);
        long value = matcher.group(2) == null ? -1 : Long.parseLong(matcher.group(2));
        String reply = matcher.group(3);
        if (reply == null) {
            return new Fault(kind, value, kind.nature() == FaultKind.Nature.WIRE ? ALWAYS : NOW);
        }
        return new Fault(kind, value, reply.equals("*") ? ALWAYS : Integer.parseInt(reply));
    }

    /** The number after {@code =}, or {@code fallback} when there is none. */
    public long valueOr(long fallback) {
        return value < 0 ? fallback : value;
    }
}
