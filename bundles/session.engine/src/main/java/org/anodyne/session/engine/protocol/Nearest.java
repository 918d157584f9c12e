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

    /** Edit distance (optimal string alignment): one for a letter changed, left out, added, or two exchanged. */
    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(change, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
