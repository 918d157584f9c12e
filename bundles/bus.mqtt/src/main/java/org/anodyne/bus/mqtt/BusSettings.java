package org.anodyne.bus.mqtt;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

/**
 * What a bus needs to know; the defaults are made by {@link #of}.
 *
 * @param uri the broker, {@code tcp://host:port}; empty: given later by {@link MqttMessageBus#broker}
 * @param site the site's name, as in topics
 * @param username account at the broker; empty for none
 * @param password the account's password
 * @param host name of this machine, as in {@code clock/<host>}
 * @param source id of this process start, as in every envelope; unique, since sequence numbers count from 1 for it
 * @param outboxMessages most messages kept until the broker acknowledges them
 * @param outboxBytes most bytes of payload kept until the broker acknowledges them
 * @param holeDeadline how long later messages of a topic wait for a missing one before it is given up
 * @param sessionExpiry how long the broker keeps messages for this process after it has vanished
 * @param keepAlive longest silence before the broker is asked whether it is there; a frozen broker is noticed after at
 *     most twice that
 */
public record BusSettings(
        String uri,
        String site,
        String username,
        String password,
        String host,
        String source,
        int outboxMessages,
        long outboxBytes,
        Duration holeDeadline,
        Duration sessionExpiry,
        Duration keepAlive) {

    /** Settings with defaults, a host name taken from the machine, and a source id of their own. */
    public static BusSettings of(String uri, String site) {
        String host = hostName();
        String source = host + "-" + ProcessHandle.current().pid() + "-"
                + UUID.randomUUID().toString().substring(0, 8);
        return new BusSettings(
                uri,
                site,
                "",
                "",
                host,
                source,
                100_000,
                128L << 20,
                Duration.ofSeconds(5),
                Duration.ofMinutes(5),
                Duration.ofSeconds(5));
    }

    BusSettings withAccount(String name, String secret) {
        return new BusSettings(
                uri,
                site,
                name,
                secret,
                host,
                source,
                outboxMessages,
                outboxBytes,
                holeDeadline,
                sessionExpiry,
                keepAlive);
    }

    BusSettings withOutbox(int messages, long bytes) {
        return new BusSettings(
                uri, site, username, password, host, source, messages, bytes, holeDeadline, sessionExpiry, keepAlive);
    }

    BusSettings withDeadlines(Duration hole, Duration expiry, Duration alive) {
        return new BusSettings(
                uri, site, username, password, host, source, outboxMessages, outboxBytes, hole, expiry, alive);
    }

    private static String hostName() {
        String name = System.getenv("HOSTNAME");
        if (name == null || name.isBlank()) {
            name = System.getenv("COMPUTERNAME");
        }
        if (name == null || name.isBlank()) {
            try {
                name = java.net.InetAddress.getLocalHost().getHostName();
            } catch (java.net.UnknownHostException e) {
                name = "host"; // a machine without a name of its own still has a clock
            }
        }
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.-]", "-");
    }
}
