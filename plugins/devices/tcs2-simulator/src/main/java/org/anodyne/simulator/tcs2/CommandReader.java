package org.anodyne.simulator.tcs2;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Bytes to commands. There is no end of a command: its first letters say how many digits follow. Where a digit should be and
 * is none, the command is dropped and the byte begins a new one; what the device does then is not documented. Not thread-safe.
 */
final class CommandReader {
    /** Digits after the name. */
    private static final Map<String, Integer> DIGITS = Map.ofEntries(
            Map.entry("?", 0),
            Map.entry("N", 3),
            Map.entry("S", 5),
            Map.entry("C", 4),
            Map.entry("V", 5),
            Map.entry("R", 5),
            Map.entry("D", 6),
            Map.entry("T", 6),
            Map.entry("L", 0),
            Map.entry("A", 0),
            Map.entry("F", 0),
            Map.entry("E", 0),
            Map.entry("K", 0),
            Map.entry("Q", 0),
            Map.entry("B", 0),
            Map.entry("Oe", 0),
            Map.entry("Om", 3),
            Map.entry("Ose", 0),
            Map.entry("Osd", 0),
            Map.entry("Ol", 0),
            Map.entry("Oo", 0),
            Map.entry("Oc", 0));

    private final StringBuilder pending = new StringBuilder();

    /** A command with its digits, such as {@code C} and {@code 0480}. */
    record Command(String name, String digits) {
        int number(int from) {
            return Integer.parseInt(digits.substring(from));
        }

        /** The area that stands first, 0 for all. */
        int area() {
            return digits.charAt(0) - '0';
        }
    }

    List<Command> read(byte[] bytes) {
        List<Command> commands = new ArrayList<>();
        for (char each : new String(bytes, StandardCharsets.ISO_8859_1).toCharArray()) {
            pending.append(each);
            if (!possible()) {
                pending.setLength(0);
                pending.append(each);
                if (!possible()) {
                    pending.setLength(0);
                }
            }
            String name = name();
            if (DIGITS.containsKey(name) && pending.length() == name.length() + DIGITS.get(name)) {
                commands.add(new Command(name, pending.substring(name.length())));
                pending.setLength(0);
            }
        }
        return commands;
    }

    void reset() {
        pending.setLength(0);
    }

    private String name() {
        int end = 0;
        while (end < pending.length() && !Character.isDigit(pending.charAt(end))) {
            end++;
        }
        return pending.substring(0, end);
    }

    private boolean possible() {
        String name = name();
        if (name.length() < pending.length()) {
            return DIGITS.containsKey(name)
                    && pending.length() <= name.length() + DIGITS.get(name)
                    && pending.chars().skip(name.length()).allMatch(c -> c >= '0' && c <= '9');
        }
        return !name.isEmpty() && DIGITS.keySet().stream().anyMatch(known -> known.startsWith(name));
    }
}
