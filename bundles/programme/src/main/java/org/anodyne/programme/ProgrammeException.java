package org.anodyne.programme;

import java.util.List;
import java.util.stream.Collectors;

/** A programme cannot be used; holds all its faults. */
public final class ProgrammeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /** @param origin folder, zip or shipped programme */
    public ProgrammeException(String origin, List<Fault> faults) {
        super("the programme " + origin + " cannot be used: "
                + faults.stream().map(Fault::toString).collect(Collectors.joining("; ")));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of files and lines. */
    public List<Fault> faults() {
        return faults;
    }
}
