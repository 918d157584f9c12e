package org.anodyne.plugins.attentiontask;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The symbols of an n-back task in their order: exactly as many targets as asked, and no other symbol equals the one n before
 * it. Immutable; the same for the same random numbers.
 */
final class Sequence {
    private final int n;
    private final List<Symbol> symbols;

    private Sequence(int n, List<Symbol> symbols) {
        this.n = n;
        this.symbols = List.copyOf(symbols);
    }

    /**
     * Draws one.
     *
     * @param trials how many symbols, more than n
     * @param proportion of targets among all but the first n, rounded to whole symbols
     * @throws IllegalArgumentException when there are too few symbols for n
     */
    static Sequence draw(int n, int trials, double proportion, RandomGenerator random) {
        if (n < 1 || trials <= n) {
            throw new IllegalArgumentException(
                    trials + " symbols are too few for " + n + "-back: ask for at least " + (n + 1));
        }
        int count = (int) Math.round(proportion * (trials - n));
        List<Boolean> targets = new ArrayList<>(Collections.nCopies(trials - n, false));
        for (int i = 0; i < count; i++) {
            targets.set(i, true);
        }
        for (int i = targets.size() - 1; i > 0; i--) {
            Collections.swap(targets, i, random.nextInt(i + 1));
        }
        Symbol[] all = Symbol.values();
        List<Symbol> out = new ArrayList<>();
        for (int i = 0; i < trials; i++) {
            if (i < n) {
                out.add(all[random.nextInt(all.length)]);
                continue;
            }
            Symbol before = out.get(i - n);
            // Any but the one that would make an accidental target.
            int other = (before.ordinal() + 1 + random.nextInt(all.length - 1)) % all.length;
            out.add(targets.get(i - n) ? before : all[other]);
        }
        return new Sequence(n, out);
    }

    /** How many symbols. */
    int size() {
        return symbols.size();
    }

    /** A symbol, from 0 on. */
    Symbol symbol(int i) {
        return symbols.get(i);
    }

    /** Whether it equals the one n before it. */
    boolean target(int i) {
        return i >= n && symbols.get(i) == symbols.get(i - n);
    }

    /** How many targets there are. */
    int targets() {
        int sum = 0;
        for (int i = 0; i < size(); i++) {
            sum += target(i) ? 1 : 0;
        }
        return sum;
    }
}
