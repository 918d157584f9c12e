package org.anodyne.host;

import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginKind;

/**
 * A plug-in, or a jar that failed to be one.
 *
 * @param id plug-in id; for a refused jar that names none, the file's name
 * @param kind role; null for a refused jar that names none
 * @param title for people
 * @param version version of its bundle
 * @param bundle symbolic name of its bundle, or the file's name
 * @param sha256 of the jar, hexadecimal; empty when not known
 * @param state where it stands
 * @param reason why it is not available; empty otherwise
 * @param schema text of the JSON Schema of its parameters; {@code {}} when it has none
 * @param factory null unless {@link State#AVAILABLE} or {@link State#RETIRING}
 * @param signedBy name and fingerprint of everybody who signed the whole jar; empty when nobody did, or it is not known
 */
public record InstalledPlugin(
        String id,
        PluginKind kind,
        String title,
        String version,
        String bundle,
        String sha256,
        State state,
        String reason,
        String schema,
        PluginFactory factory,
        String signedBy) {

    /** One of which nothing is known about signatures. */
    public InstalledPlugin(
            String id,
            PluginKind kind,
            String title,
            String version,
            String bundle,
            String sha256,
            State state,
            String reason,
            String schema,
            PluginFactory factory) {
        this(id, kind, title, version, bundle, sha256, state, reason, schema, factory, "");
    }

    /** Where a plug-in stands: REGISTERED → AVAILABLE | REJECTED → RETIRING → GONE. */
    public enum State {
        /** Seen, not yet checked. */
        REGISTERED,
        /** Can be put into a slot. */
        AVAILABLE,
        /** Cannot be used; the reason says why. */
        REJECTED,
        /** Replaced or being removed; still at work in running slots. */
        RETIRING,
        /** Its bundle is no longer there. */
        GONE
    }

    /** How late what an instance gives is, as far as the plug-in states it. */
    public java.util.List<org.anodyne.plugin.Delay> delays(Parameters parameters, org.anodyne.plugin.Inputs inputs) {
        return factory.delays(parameters, inputs);
    }

    /** The streams that an instance will deliver, as far as they are known before it is prepared. */
    public java.util.List<org.anodyne.plugin.signal.StreamInfo> streams(Parameters parameters) {
        return factory.streams(parameters);
    }

    /** Whether parameters go together, as far as the plug-in can tell before a session. */
    public void check(Parameters parameters) throws org.anodyne.plugin.PluginException {
        factory.check(parameters);
    }

    /** What an instance with these parameters takes and gives. */
    public org.anodyne.plugin.PluginPorts ports(Parameters parameters) {
        return factory.ports(parameters);
    }
}
