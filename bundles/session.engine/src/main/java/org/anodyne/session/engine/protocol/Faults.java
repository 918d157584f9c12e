package org.anodyne.session.engine.protocol;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.anodyne.session.SessionEngine.Fault;

/** Collects the faults of one protocol, so that a lab sees all of them at once. Thread: one. */
public final class Faults {
    private final Map<String, Integer> lines;
    private final Set<Fault> found = new LinkedHashSet<>();

    /** @param lines line by path; a path that is not in it has the line of what surrounds it */
    public Faults(Map<String, Integer> lines) {
        this.lines = lines;
    }

    /** Adds a fault at a path. */
    public void add(String path, String message) {
        found.add(new Fault(line(path), path, message));
    }

    /**
     * Adds one that a protocol has for some participants, unless it is there already.
     *
     * @param who facts of one of them; empty when the fault itself says whom it is about
     */
    void addFor(String who, Fault fault) {
        boolean told = found.stream()
                .anyMatch(f -> f.where().equals(fault.where()) && f.message().endsWith(fault.message()));
        if (!told) {
            String words = who.isEmpty() ? "" : "for a participant with " + who + ": ";
            found.add(new Fault(fault.line(), fault.where(), words + fault.message()));
        }
    }

    /** Whether none was found. */
    public boolean none() {
        return found.isEmpty();
    }

    /** How many were found so far. */
    int count() {
        return found.size();
    }

    /** Whether something at exactly this path was found. */
    boolean at(String path) {
        return found.stream().anyMatch(f -> f.where().equals(path));
    }

    /** Line of a path, or of the nearest thing around it; 0 when there is none. */
    public int line(String path) {
        for (String p = path; !p.isEmpty(); p = Where.parent(p)) {
            Integer line = lines.get(p);
            if (line != null) {
                return line;
            }
        }
        return lines.getOrDefault("", 0);
    }

    /** All of them, in the order of lines. */
    public List<Fault> sorted() {
        List<Fault> all = new ArrayList<>(found);
        all.sort(Comparator.comparingInt(Fault::line));
        return all;
    }
}
