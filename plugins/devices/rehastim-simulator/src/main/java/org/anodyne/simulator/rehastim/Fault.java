package org.anodyne.simulator.rehastim;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One fault to inject, written {@code NAME[=MS][@N|@*]}.
 *
 * @param kind what goes wrong
 * @param millis the number after {@code =} in milliseconds, or −1
 * @param reply the reply it is about, counted from 1 since the process began; {@link #NOW} or {@link #ALWAYS}
 */
record Fault(FaultKind kind, long millis, int reply) {

    static final int NOW = 0;
    static final int ALWAYS = -1;

    private static final Pattern FORM = Pattern.compile("([a-z-]+)(?:=(\\d{1,7}))?(?:@(\\*|[1-9]\\d{0,8}))?");

    /**
     * Reads a fault as it stands on the command line.
     *
     * @throws IllegalArgumentException when the text has another form or names no fault
     */
    static Fault parse(String text) {
        Matcher matcher = FORM.matcher(text.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("\"" + text + "\" is no fault: write NAME, NAME@N (the N-th reply), "
                    + "NAME@* (every reply) or NAME=MS@N, for example late-reply=300@4");
        }
        FaultKind kind = FaultKind.named(matcher.group(1));
        long millis = matcher.group(2) == null ? -1 : Long.parseLong(matcher.group(2));
        String reply = matcher.group(3);
        if (reply == null) {
            return new Fault(kind, millis, kind.nature() == FaultKind.Nature.WIRE ? ALWAYS : NOW);
        }
        return new Fault(kind, millis, reply.equals("*") ? ALWAYS : Integer.parseInt(reply));
    }

    /** The number after {@code =}, or {@code fallback} when there is none. */
    long millisOr(long fallback) {
        return millis < 0 ? fallback : millis;
    }
}
