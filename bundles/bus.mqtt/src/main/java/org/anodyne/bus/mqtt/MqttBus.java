package org.anodyne.bus.mqtt;

import java.util.Hashtable;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.anodyne.bus.Message;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.bus.Topic;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The bus as a service. It goes to the broker that its configuration names, else to the embedded one as soon as that is
 * there. While it is connected, a {@link Condition} {@code osgi.condition.id=org.anodyne.bus.connected} is registered.
 */
@Component(
        name = "org.anodyne.bus.mqtt",
        configurationPid = "org.anodyne.bus",
        immediate = true,
        service = MessageBus.class)
@Designate(ocd = MqttBus.Config.class)
public final class MqttBus implements MessageBus {
    static final String CONNECTED = "org.anodyne.bus.connected";

    /** Installation settings of the bus. */
    @ObjectClassDefinition(name = "Anodyne bus", description = "How this process takes part in the bus")
    public @interface Config {
        @AttributeDefinition(
                name = "Broker",
                description = "tcp://host:port of an MQTT 5 broker; empty: the broker embedded in this process")
        String uri() default "";

        @AttributeDefinition(name = "Site", description = "Name of the site, as in topics")
        String site() default "lab";

        @AttributeDefinition(name = "Account", description = "User name at the broker; empty for none")
        String username() default "";

        @AttributeDefinition(name = "Password", description = "Of the account", type = AttributeType.PASSWORD)
        String password() default "";

        @AttributeDefinition(
                name = "Outbox, messages",
                description = "Most messages kept while the broker is away; beyond them publishing fails")
        int outboxMessages() default 100_000;

        @AttributeDefinition(name = "Outbox, bytes", description = "Most bytes kept while the broker is away")
        long outboxBytes() default 134_217_728;

        @AttributeDefinition(
                name = "Session expiry, seconds",
                description = "How long the broker keeps messages for this process when it has vanished",
                min = "1")
        int sessionExpirySeconds() default 300;

        @AttributeDefinition(
                name = "Keep alive, seconds",
                description = "A broker that is silent for twice this long counts as lost",
                min = "1")
        int keepAliveSeconds() default 5;

        @AttributeDefinition(
                name = "Guest",
                description =
                        "Whether this process only asks a platform that runs elsewhere, so that what it has itself is"
                                + " of no concern there")
        boolean guest() default false;
    }

    private final BundleContext context;
    private final boolean embedded;
    private final MqttMessageBus bus;
    private final Subscription connectivity;
    private final Object brokerLock = new Object();
    private final Object conditionLock = new Object();
    private ServiceRegistration<Condition> condition;
    private Object brokerAtHand;

    @Activate
    public MqttBus(BundleContext context, Config config) {
        this.context = context;
        this.embedded = config.uri().isBlank();
        BusSettings defaults = BusSettings.of(config.uri().strip(), config.site());
        this.bus = new MqttMessageBus(new BusSettings(
                defaults.uri(),
                defaults.site(),
                config.username(),
                config.password(),
                defaults.host(),
                defaults.source(),
                config.outboxMessages(),
                config.outboxBytes(),
                defaults.holeDeadline(),
                java.time.Duration.ofSeconds(config.sessionExpirySeconds()),
                java.time.Duration.ofSeconds(config.keepAliveSeconds())));
        this.connectivity = bus.onConnectivity(this::connectivity);
    }

    @Deactivate
    void deactivate() {
        connectivity.close();
        bus.close();
        connectivity(false);
    }

    @Reference(
            target = "(osgi.condition.id=org.anodyne.broker)",
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void bindBroker(Condition broker, Map<String, Object> properties) {
        synchronized (brokerLock) {
            brokerAtHand = properties.get(Constants.SERVICE_ID);
            if (embedded && properties.get("uri") instanceof String uri) {
                bus.broker(uri);
            }
        }
    }

    /** A new broker may be bound before the old one is unbound. */
    void unbindBroker(Condition broker, Map<String, Object> properties) {
        synchronized (brokerLock) {
            if (embedded && Objects.equals(brokerAtHand, properties.get(Constants.SERVICE_ID))) {
                bus.broker("");
            }
        }
    }

    private void connectivity(boolean connected) {
        synchronized (conditionLock) {
            if (connected && condition == null) {
                Hashtable<String, Object> properties = new Hashtable<>();
                properties.put(Condition.CONDITION_ID, CONNECTED);
                properties.put("site", bus.site());
                properties.put("source", bus.source());
                condition = context.registerService(Condition.class, Condition.INSTANCE, properties);
            } else if (!connected && condition != null) {
                condition.unregister();
                condition = null;
            }
        }
    }

    @Override
    public String source() {
        return bus.source();
    }

    @Override
    public String site() {
        return bus.site();
    }

    @Override
    public CompletionStage<Void> publish(Topic topic, Payload payload, long acquiredNanos) {
        return bus.publish(topic, payload, acquiredNanos);
    }

    @Override
    public CompletionStage<Void> publishRetained(Topic topic, Payload payload) {
        return bus.publishRetained(topic, payload);
    }

    @Override
    public void offer(Topic topic, Payload payload) {
        bus.offer(topic, payload);
    }

    @Override
    public CompletionStage<Subscription> subscribe(String filter, Consumer<Message> handler) {
        return bus.subscribe(filter, handler);
    }

    @Override
    public boolean connected() {
        return bus.connected();
    }

    @Override
    public Subscription onConnectivity(Consumer<Boolean> listener) {
        return bus.onConnectivity(listener);
    }

    @Override
    public InFlight inFlight() {
        return bus.inFlight();
    }

    @Override
    public Statistics statistics() {
        return bus.statistics();
    }
}
