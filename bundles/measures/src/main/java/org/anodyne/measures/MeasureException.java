package org.anodyne.measures;

import java.util.List;

/** A table that is refused; nothing of it was taken in. */
public final class MeasureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    public MeasureException(List<Fault> faults) {
        super(String.join("; ", faults.stream().map(Fault::toString).toList()));
        this.faults = List.copyOf(faults);
    }

    /** For what is wrong with a file or folder as a whole. */
    public MeasureException(String text) {
        this(List.of(new Fault(0, text)));
    }

    /** All that is wrong, in order of lines. */
    public List<Fault> faults() {
        return faults;
    }
}
