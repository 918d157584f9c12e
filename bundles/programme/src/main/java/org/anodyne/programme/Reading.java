package org.anodyne.programme;

import java.util.Locale;

/** How hard a text is to read. For English; of other languages the figure means nothing. Thread: any. */
public final class Reading {
    private Reading() {}

    /**
     * The school grade of Flesch and Kincaid: 0.39 · words/sentences + 11.8 · syllables/words − 15.59 (Kincaid and others, 1975).
     * Syllables are counted as groups of vowels, without a silent e at the end.
     *
     * @param markdown CommonMark
     * @return NaN for a text without words
     */
    public static double grade(String markdown) {
        String plain = Markdown.plain(markdown);
        int sentences = 0;
        int words = 0;
        int syllables = 0;
        for (String sentence : plain.split("[.!?]+[\\s\"”')*]*|\\n{2,}|\\n(?=\\s*([-•]|\\d+[.)]))")) {
            int before = words;
            for (String word : sentence.toLowerCase(Locale.ROOT).split("[^a-z']+")) {
                if (!word.isEmpty() && !word.equals("'")) {
                    words++;
                    syllables += syllables(word);
                }
            }
            sentences += words > before ? 1 : 0;
        }
        return words == 0 ? Double.NaN : 0.39 * words / sentences + 11.8 * syllables / words - 15.59;
    }

    private static int syllables(String word) {
        String sounded = word.length() > 3 && word.endsWith("e") && !word.endsWith("le")
                ? word.substring(0, word.length() - 1)
                : word;
        int groups = 0;
        boolean vowel = false;
        for (char c : sounded.toCharArray()) {
            boolean now = "aeiouy".indexOf(c) >= 0;
            groups += now && !vowel ? 1 : 0;
            vowel = now;
        }
        return Math.max(1, groups);
    }
}
