package org.anodyne.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EmbeddedBrokerTest {
    private static final int ACCEPTED = 0;
    private static final int BAD_USER = 0x86;
    private static final int NOT_AUTHORIZED = 0x87;

    @TempDir
    private Path folder;

    @Test
    void acceptsMqtt5AndOffersNoTopicAliases() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.local(folder, 0));
                RawClient client = new RawClient(broker.uri())) {
            RawClient.Packet connack = client.connect("a", true, 0, null, null);
            assertEquals(ACCEPTED, connack.body()[1]);
            assertEquals(0, aliasMaximum(connack.body()), "topic alias maximum");
        }
    }

    @Test
    void deliversWithWildcards() throws IOException {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.local(folder, 0));
                RawClient client = new RawClient(broker.uri())) {
            client.connect("a", true, 0, null, null);
            client.subscribe("anodyne/1/+/s/event/#");
            try (RawClient other = new RawClient(broker.uri())) {
                other.connect("b", true, 0, null, null);
                other.publish("anodyne/1/lab/s/event/tens/x.y", "hello", false);
            }
            assertEquals("anodyne/1/lab/s/event/tens/x.y=hello", client.message());
        }
    }

    @Test
    void restartKeepsPortRetainedMessagesAndSessions() throws IOException {
        String uri;
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.local(folder, 0))) {
            uri = broker.uri();
            try (RawClient sleeper = new RawClient(uri)) {
                sleeper.connect("sleeper", false, 600, null, null);
                sleeper.subscribe("queue/x");
            }
            try (RawClient client = new RawClient(uri)) {
                client.connect("a", true, 0, null, null);
                client.publish("state/session", "RUNNING", true);
                client.publish("queue/x", "kept while away", false);
            }
        }
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.local(folder, 0))) {
            assertEquals(uri, broker.uri());
            try (RawClient client = new RawClient(uri)) {
                client.connect("c", true, 0, null, null);
                client.subscribe("state/+");
                assertEquals("state/session=RUNNING", client.message());
            }
            try (RawClient sleeper = new RawClient(uri)) {
                assertEquals(
                        1, sleeper.connect("sleeper", false, 600, null, null).body()[0], "session present");
                assertEquals("queue/x=kept while away", sleeper.message());
            }
        }
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        Set<String> before = threads();
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.local(folder, 0));
                RawClient client = new RawClient(broker.uri())) {
            client.connect("a", true, 0, null, null);
            client.publish("x", "y", true);
        }
        long deadline = System.nanoTime() + 20_000_000_000L;
        Set<String> left = left(before);
        while (!left.isEmpty() && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
            left = left(before);
        }
        assertEquals(Set.of(), left);
    }

    @Test
    void refusesToBeReachableWithoutAccount() {
        BrokerException e = assertThrows(BrokerException.class, () -> new BrokerSettings("0.0.0.0", 0, folder, "", ""));
        assertTrue(e.getMessage().contains("0.0.0.0") && e.getMessage().contains("has no account"), e.getMessage());
        assertThrows(BrokerException.class, () -> new BrokerSettings("127.0.0.1", 0, folder, "lab", ""));
        assertThrows(BrokerException.class, () -> new BrokerSettings("127.0.0.1", 70_000, folder, "", ""));
    }

    @Test
    void admitsOnlyTheAccount() throws IOException {
        BrokerSettings settings = new BrokerSettings("127.0.0.1", 0, folder, "lab", "secret");
        try (EmbeddedBroker broker = EmbeddedBroker.start(settings)) {
            assertEquals(ACCEPTED, reason(broker, "lab", "secret"));
            assertTrue(Set.of(BAD_USER, NOT_AUTHORIZED).contains(reason(broker, "lab", "wrong")));
            assertTrue(Set.of(BAD_USER, NOT_AUTHORIZED).contains(reason(broker, null, null)));
            try (RawClient client = new RawClient(broker.uri())) {
                client.connect("d", true, 0, "lab", "secret");
                client.subscribe("a/#");
                client.publish("a/b", "c", false);
                assertEquals("a/b=c", client.message());
            }
        }
    }

    @Test
    void refusesAFolderInUse() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.local(folder, 0))) {
            BrokerException e =
                    assertThrows(BrokerException.class, () -> EmbeddedBroker.start(BrokerSettings.local(folder, 0)));
            assertTrue(e.getMessage().contains("in use by another broker"), e.getMessage());
            assertTrue(broker.uri().startsWith("tcp://127.0.0.1:"));
        }
    }

    @Test
    void saysThatAPortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            BrokerException e = assertThrows(
                    BrokerException.class,
                    () -> EmbeddedBroker.start(BrokerSettings.local(folder, taken.getLocalPort())));
            assertTrue(e.getMessage().contains("" + taken.getLocalPort()), e.getMessage());
        }
        EmbeddedBroker.start(BrokerSettings.local(folder, 0)).close();
    }

    private static int reason(EmbeddedBroker broker, String user, String password) throws IOException {
        try (RawClient client = new RawClient(broker.uri())) {
            return client.connect("a", true, 0, user, password).body()[1] & 255;
        }
    }

    /** Property 0x22 of a CONNACK, 0 when absent; all other properties that Artemis sends are skipped by their size. */
    private static int aliasMaximum(byte[] connack) {
        int at = 3;
        while (at < connack.length) {
            int id = connack[at++];
            switch (id) {
                case 0x22 -> {
                    return (connack[at] & 255) << 8 | connack[at + 1] & 255;
                }
                case 0x11, 0x27 -> at += 4;
                case 0x13, 0x21 -> at += 2;
                case 0x24, 0x25, 0x28, 0x29, 0x2A -> at += 1;
                case 0x12, 0x15, 0x1A, 0x1C, 0x1F -> at += 2 + ((connack[at] & 255) << 8 | connack[at + 1] & 255);
                default -> throw new IllegalArgumentException("property " + id);
            }
        }
        return 0;
    }

    private static Set<String> left(Set<String> before) {
        Set<String> left = threads();
        left.removeAll(before);
        return left;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(t -> t.getName() + "#" + t.getId())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void uriNamesHostAndPort() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(BrokerSettings.local(folder, 0))) {
            URI uri = URI.create(broker.uri());
            assertEquals("127.0.0.1", uri.getHost());
            assertTrue(uri.getPort() > 0);
        }
    }
}
