package org.anodyne.bus;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Lets browsers hear the bus, by MQTT over WebSocket. A service of the embedded broker; an outside broker has rules of its
 * own. Thread: any.
 */
@ProviderType
public interface LiveGate {
    /**
     * Opens a port on which only those who are admitted may connect, and only hear and say what they were granted.
     *
     * @param host address to listen on
     * @param port TCP port; 0 for any free one
     * @param tls certificate to show; without it nothing is encrypted
     * @throws BusException when the port cannot be opened
     */
    Door open(String host, int port, Optional<Tls> tls, Admission admission);

    /** The open port. */
    @ProviderType
    interface Door extends AutoCloseable {
        /** The port. */
        int port();

        /** Ends the connections of a visitor whose grant has changed. */
        void drop(String visitor);

        /** Closes the port and ends all its connections. Idempotent. */
        @Override
        void close();
    }

    /** Decides who may connect. */
    @ConsumerType
    interface Admission {
        /**
         * What a visitor may do now. Asked when it connects and again later: an empty answer then ends what was granted.
         * Must answer at once. Thread: any.
         *
         * @param visitor MQTT user name
         * @param token MQTT password
         */
        Optional<Grant> admit(String visitor, String token);
    }

    /**
     * What a visitor may do.
     *
     * @param hear topic filters; what is subscribed must lie within one of them
     * @param say topic filters for what may be published
     */
    record Grant(List<String> hear, List<String> say) {
        public Grant {
            hear = List.copyOf(hear);
            say = List.copyOf(say);
        }
    }

    /**
     * A certificate with its key.
     *
     * @param keystore a PKCS 12 file
     */
    record Tls(Path keystore, String password) {}
}
