package org.anodyne.plugin;

import org.anodyne.plugin.intervention.Decision;
import org.anodyne.plugin.scene.MirrorPicture;
import org.anodyne.plugin.signal.Feature;
import org.anodyne.plugin.signal.SampleBlock;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where an instance publishes; everything goes over the bus. Calls never block for the bus: what cannot be sent now is
 * kept and sent in order. A call that the instance's {@link PluginKind} does not permit, or one made before
 * {@code start} or after {@code close}, throws {@link IllegalStateException}. Thread: any; order is kept per thread.
 */
@ProviderType
public interface Outlet {
    /** A block of samples; sources and processors. */
    void samples(SampleBlock block);

    /** A feature; processors, and outcome instruments for scores. */
    void feature(Feature feature);

    /** A decision, taken or suppressed; interventions. */
    void decision(Decision decision);

    /**
     * A command to an actuator; interventions. Its acknowledgement comes back by
     * {@link org.anodyne.plugin.intervention.Intervention#acknowledged}.
     */
    void command(Command command);

    /** Something that happened; all kinds. */
    void event(Event event);

    /**
     * What the participant sees, for the operator; displays. Sent to whoever listens now and not part of the record; one that
     * cannot be sent at once gives way to the next.
     */
    void mirror(MirrorPicture picture);
}
