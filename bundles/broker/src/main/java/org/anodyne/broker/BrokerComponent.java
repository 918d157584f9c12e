package org.anodyne.broker;

import java.nio.file.Path;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import org.anodyne.bus.LiveGate;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the embedded broker and says so by a Condition service {@code osgi.condition.id=org.anodyne.broker} whose property
 * {@code uri} tells where clients connect.
 *
 * <p>The broker starts on a thread of its own: it takes up to seconds, and the framework's start must not wait for it.
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = BrokerComponent.PID)
@Designate(ocd = BrokerConfiguration.class)
public final class BrokerComponent {
    static final String PID = "org.anodyne.broker";
    private static final Logger LOG = LoggerFactory.getLogger(BrokerComponent.class);
    private static final long STOP_MILLIS = 30_000;

    private final BundleContext context;
    private final Thread starter;
    private boolean closed;
    private EmbeddedBroker broker;
    private List<ServiceRegistration<?>> services;

    @Activate
    public BrokerComponent(BundleContext context, BrokerConfiguration configuration) {
        this.context = context;
        if (configuration.enabled()) {
            Path folder = configuration.folder().isEmpty()
                    ? context.getDataFile("broker").toPath()
                    : Path.of(configuration.folder());
            // Wrong settings fail the activation at once, with their reason.
            BrokerSettings settings = new BrokerSettings(
                    configuration.host(),
                    configuration.port(),
                    folder,
                    configuration.username(),
                    configuration._password());
            starter = new Thread(() -> run(settings), "anodyne-broker-start");
            starter.start();
        } else {
            starter = null;
        }
    }

    private void run(BrokerSettings settings) {
        try {
            EmbeddedBroker started = EmbeddedBroker.start(settings);
            LOG.info("Broker listens on {}, keeps its state in {}", started.uri(), settings.folder());
            // Registered outside the lock: registration calls listeners, which may take locks of their own.
            List<ServiceRegistration<?>> registered = List.of(
                    context.registerService(
                            Condition.class,
                            Condition.INSTANCE,
                            new Hashtable<>(Map.of(Condition.CONDITION_ID, PID, "uri", started.uri()))),
                    context.registerService(LiveGate.class, started.live(), null));
            synchronized (this) {
                if (!closed) {
                    broker = started;
                    services = registered;
                    return;
                }
            }
            end(registered, started);
        } catch (RuntimeException e) {
            if (leaving()) {
                // The libraries that the start still needed went away under it: no fault of the settings.
                LOG.debug("The broker was no longer wanted before it had started", e);
            } else {
                LOG.error(e.getMessage(), e);
            }
        }
    }

    private synchronized boolean leaving() {
        return closed || context.getBundle(0).getState() == Bundle.STOPPING;
    }

    /** Returns once the broker is gone. */
    @Deactivate
    void deactivate() throws InterruptedException {
        EmbeddedBroker running;
        List<ServiceRegistration<?>> registered;
        synchronized (this) {
            closed = true;
            running = broker;
            registered = services;
        }
        if (running != null) {
            end(registered, running);
        }
        if (starter != null) {
            starter.join(STOP_MILLIS);
            if (starter.isAlive()) {
                LOG.error("The broker's start did not end within {} s; it is left behind.", STOP_MILLIS / 1000);
            }
        }
    }

    private static void end(List<ServiceRegistration<?>> registered, EmbeddedBroker broker) {
        try {
            registered.forEach(ServiceRegistration::unregister);
        } catch (IllegalStateException e) {
            LOG.debug("The framework had already unregistered the broker's services", e);
        }
        broker.close();
    }
}
