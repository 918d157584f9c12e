package org.anodyne.plugin.host.registry;

import java.util.List;
import org.anodyne.host.HostException;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.InstalledPlugin.State;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.PluginPorts;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.signal.StreamInfo;
import org.osgi.framework.Bundle;
import org.osgi.framework.Version;

/** A provider in the registry; mutable fields are guarded by the registry. */
final class Entry implements Provider {
    private final String id;
    private final PluginKind kind;
    private final String title;
    private final String schema;
    private final String sha256;
    private final String signedBy;
    private final boolean exclusive;
    private final Bundle bundle;
    private final long sequence;
    private final Handle handle;

    /** Installed for a swap and not offered to anybody else yet. */
    private volatile boolean standby;

    /** Another has taken its place, or its jar was taken away; it stays while slots use it. */
    private volatile boolean replaced;

    private volatile boolean gone;
    private volatile String rejected = "";
    private int users;

    Entry(
            String id,
            PluginKind kind,
            String title,
            String schema,
            String sha256,
            String signedBy,
            boolean exclusive,
            Bundle bundle,
            long sequence,
            PluginFactory factory) {
        this.id = id;
        this.kind = kind;
        this.title = title;
        this.schema = schema;
        this.sha256 = sha256;
        this.signedBy = signedBy;
        this.exclusive = exclusive;
        this.bundle = bundle;
        this.sequence = sequence;
        this.handle = new Handle(id, factory);
    }

    String id() {
        return id;
    }

    Bundle bundle() {
        return bundle;
    }

    Version version() {
        return bundle.getVersion();
    }

    long sequence() {
        return sequence;
    }

    boolean standby() {
        return standby;
    }

    void standby(boolean now) {
        standby = now;
    }

    boolean replaced() {
        return replaced;
    }

    void replaced(boolean now) {
        replaced = now;
    }

    boolean rejected() {
        return !rejected.isEmpty();
    }

    void reject(String reason) {
        rejected = reason;
    }

    /** Lets go of the plug-in's code. */
    void gone() {
        gone = true;
        handle.factory = null;
    }

    boolean isGone() {
        return gone;
    }

    /** Whether new sessions may get it. */
    boolean offered() {
        return !gone && !replaced && !standby && rejected.isEmpty();
    }

    int users() {
        return users;
    }

    void users(int change) {
        users += change;
    }

    private State state() {
        if (!rejected.isEmpty()) {
            return State.REJECTED;
        }
        return gone ? State.GONE : replaced ? State.RETIRING : standby ? State.REGISTERED : State.AVAILABLE;
    }

    @Override
    public InstalledPlugin info() {
        State state = state();
        boolean usable = (state == State.AVAILABLE || state == State.RETIRING) && handle.factory != null;
        return new InstalledPlugin(
                id,
                kind,
                title,
                version().toString(),
                bundle.getSymbolicName(),
                sha256,
                state,
                rejected,
                schema,
                usable ? handle : null,
                signedBy);
    }

    @Override
    public PluginFactory factory() {
        if (handle.factory == null) {
            throw new HostException("plug-in '" + id + "' " + version() + " is gone");
        }
        return handle;
    }

    @Override
    public boolean exclusive() {
        return exclusive;
    }

    /** The factory as it is handed out: whoever keeps it does not keep a removed bundle's classes. */
    private static final class Handle implements PluginFactory {
        private final String id;
        private volatile PluginFactory factory;

        private Handle(String id, PluginFactory factory) {
            this.id = id;
            this.factory = factory;
        }

        private PluginFactory there() {
            PluginFactory f = factory;
            if (f == null) {
                throw new HostException("plug-in '" + id + "' is gone");
            }
            return f;
        }

        @Override
        public void check(Parameters parameters) throws PluginException {
            there().check(parameters);
        }

        @Override
        public PluginPorts ports(Parameters parameters) {
            return there().ports(parameters);
        }

        @Override
        public List<StreamInfo> streams(Parameters parameters) {
            return there().streams(parameters);
        }

        @Override
        public List<Delay> delays(Parameters parameters, Inputs inputs) {
            return there().delays(parameters, inputs);
        }

        @Override
        public PluginInstance create(PluginContext context) {
            return there().create(context);
        }
    }
}
