package org.anodyne.session.engine.protocol;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds what somebody who mistyped a name may have meant. */
final class Nearest {
    private Nearest() {}

    /** {@code ; did you mean 'x'?}, or {@code ; there is: a, b}, or nothing. */
    static String hint(String given, Collection<String> known) {
        Optional<String> nearest = to(given, known);
        if (nearest.isPresent()) {
            return "; did you mean '" + nearest.get() + "'?";
        }
        if (known.isEmpty()) {
            return "";
        }
        return "; there is: "
                + String.join(", ", known.stream().sorted().limit(20).toList()) + (known.size() > 20 ? " …" : "");
    }

    /** The known name nearest to the one given, if it is near enough to be a slip. */
    static Optional<String> to(String given, Collection<String> known) {
        String lower = given.toLowerCase(Locale.ROOT);
        int limit = Math.max(1, Math.min(3, given.length() / 3));
        return known.stream()
                .filter(k -> distance(lower, k.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.<String>comparingInt(k -> distance(lower, k.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Levenshtein's edit distance. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int above = row[j];
                int change = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(change, Math.min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }
        return row[b.length()];
    }
}
