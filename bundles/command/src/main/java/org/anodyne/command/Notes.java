package org.anodyne.command;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Tells each problem of a session once, when it comes up. Thread: one. */
final class Notes {
    private final Consumer<String> out;
    private final Set<String> told = new HashSet<>();

    Notes(Consumer<String> out) {
        this.out = out;
    }

    /** @param problems all that there are now, those told before included */
    void tell(List<String> problems) {
        problems.stream().filter(told::add).forEach(out);
    }
}
