package org.anodyne.bus;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The bus. Everything between plug-ins passes over it, at MQTT QoS 1 (but for {@link #offer}); what is published while the broker is away is kept
 * and sent in order when it is back; receivers see each message once and in order per source and topic. Thread: any.
 */
@ProviderType
public interface MessageBus {
    /** Id of this process on the bus, as in {@link Envelope#source}. */
    String source();

    /** The site that this process belongs to. */
    String site();

    /**
     * Publishes. Never blocks for the broker.
     *
     * @param acquiredNanos see {@link Envelope#acquiredNanos}; 0 means "now"
     * @return completes when the broker has acknowledged; fails with {@link BusException} when the broker refuses the
     *     message for good, or when the outbox is full (the message is then not sent at all)
     */
    CompletionStage<Void> publish(Topic topic, Payload payload, long acquiredNanos);

    /** Publishes what is so now: like {@link #publish}, and kept by the broker for those who subscribe later. */
    CompletionStage<Void> publishRetained(Topic topic, Payload payload);

    /**
     * Sends at QoS 0 what is only of use now: to whoever listens at this moment. One that comes after a newer one of the same
     * source and topic is dropped, so that none is seen twice or out of order, but any may be missing. While the broker is
     * away, or the one before on the same topic has not left yet, the newest takes its place and the older one is dropped.
     * Never blocks.
     *
     * @throws BusException when the payload does not belong on the topic or is larger than the topic may carry
     */
    void offer(Topic topic, Payload payload);

    /**
     * Subscribes.
     *
     * @param filter an MQTT topic filter, e.g. {@code anodyne/1/+/+/sample/#}
     * @param handler called in order on one thread of the bus; must return quickly and not wait: hand over to a lane
     * @return closes the subscription; complete once the broker has confirmed it
     */
    CompletionStage<Subscription> subscribe(String filter, Consumer<Message> handler);

    /** Whether the broker can be reached now. */
    boolean connected();

    /**
     * Calls back at each change of {@link #connected()}, and once at once.
     *
     * @return closes the registration
     */
    Subscription onConnectivity(Consumer<Boolean> listener);

    /** Work that is under way in this process: bus deliveries here, and lanes that enter themselves. */
    InFlight inFlight();

    /** Figures since start. */
    Statistics statistics();

    /** Ends a subscription or registration; idempotent. */
    @FunctionalInterface
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Counts work under way, so that a virtual clock can wait until everything that follows from one instant has been
     * done before it goes on to the next. Whoever hands work on enters it before and leaves after it is done.
     */
    @ProviderType
    interface InFlight {
        /** One piece of work more. */
        void enter();

        /** One piece of work less. */
        void leave();

        /**
         * Waits until nothing is under way.
         *
         * @return whether that was reached in time
         */
        boolean awaitNone(Duration timeout) throws InterruptedException;
    }

    /**
     * Figures of the bus since start.
     *
     * @param published messages acknowledged by the broker
     * @param received messages handed to subscribers' filter matching, after doubles were dropped
     * @param doubles messages dropped as already seen
     * @param reconnects how often the connection was made again
     * @param waiting messages in the outbox now
     */
    record Statistics(long published, long received, long doubles, long reconnects, int waiting) {}
}
