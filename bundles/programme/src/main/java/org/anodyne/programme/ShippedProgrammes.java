package org.anodyne.programme;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.programme.Programme.Frame;

/**
 * The programmes that a plug-in brings along, and where to look for others: the parameter {@code programme} is empty for the
 * first of them, an id of one, or the path of a folder or zip. Thread: any.
 */
public final class ShippedProgrammes {
    private final Class<?> in;
    private final List<String> ids;
    private final Map<String, Programme> read = new ConcurrentHashMap<>();

    /**
     * @param in a class of the bundle that holds them
     * @param ids names of their folders under {@code programmes/}; the first is the default
     */
    public ShippedProgrammes(Class<?> in, String... ids) {
        this.in = in;
        this.ids = List.of(ids);
    }

    /** Whether the parameters name a programme of the plug-in, so that nothing outside has to be read. */
    private boolean shipped(Parameters parameters) {
        String name = parameters.text("programme");
        return name.isEmpty() || ids.contains(name);
    }

    /**
     * Whether there is such a programme, without faults, with such a frame and session.
     *
     * @throws PluginException with a reason for a person
     */
    public void check(Parameters parameters) throws PluginException {
        try {
            Programme programme = of(parameters);
            checkSession(programme, frame(programme, parameters), parameters.integer(ProgrammeWalk.SESSION));
        } catch (IllegalArgumentException | ProgrammeException e) {
            throw new PluginException(e.getMessage());
        }
    }

    /**
     * The programme that the parameters name.
     *
     * @throws ProgrammeException when it has faults
     * @throws IllegalArgumentException when the name cannot be one
     */
    public Programme of(Parameters parameters) {
        String name = parameters.text("programme");
        if (shipped(parameters)) {
            return read.computeIfAbsent(name.isEmpty() ? ids.get(0) : name, id -> ProgrammeReader.shipped(in, id));
        }
        try {
            return ProgrammeReader.read(Path.of(name));
        } catch (InvalidPathException e) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no path; name one of " + ids + ", a folder or a zip", e);
        }
    }

    static Frame frame(Programme programme, Parameters parameters) {
        String frame = parameters.text("frame");
        return programme
                .frame(frame)
                .orElseThrow(() -> new IllegalArgumentException(
                        "programme '" + programme.id() + "' has no frame '" + frame + "'; it has "
                                + programme.frames().stream().map(Frame::id).toList()));
    }

    static void checkSession(Programme programme, Frame frame, int session) {
        if (session < 1 || session > frame.meetings().size()) {
            throw new IllegalArgumentException("there is no session " + session + "; frame '" + frame.id()
                    + "' of programme '" + programme.id() + "' has 1 to "
                    + frame.meetings().size());
        }
    }
}
