package org.anodyne.session;

import java.util.List;
import java.util.stream.Collectors;

/** A protocol, recording or request that cannot be run; carries all faults. */
public class ProtocolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SessionEngine.Fault> faults;

    public ProtocolException(List<SessionEngine.Fault> faults) {
        super(faults.stream().map(SessionEngine.Fault::toString).collect(Collectors.joining("\n")));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of lines. */
    public List<SessionEngine.Fault> faults() {
        return faults;
    }
}
