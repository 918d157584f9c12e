package org.anodyne.broker;

import io.netty.channel.Channel;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.security.auth.Subject;
import org.anodyne.bus.LiveGate.Admission;
import org.anodyne.bus.LiveGate.Grant;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyConnection;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/**
 * Decides who may use the bus. Processes of the platform use the broker's own port and may do everything: with the account
 * when there is one, else because only this machine reaches that port. Whoever comes by WebSocket, as any page in a browser
 * of this machine could, or on the port for browsers, needs a token, and may do what it grants. Thread: any.
 */
final class Doorkeeper implements ActiveMQSecurityManager5 {
    /**
     * Names of the handlers that Artemis puts into a connection that has become a WebSocket, or carries MQTT in the bodies of
     * HTTP requests, which a page of any site could send.
     */
    private static final List<String> OF_BROWSERS = List.of("websocket-handler", "http-handler", "http-decoder");

    /** A subscription of one's own ends, and its address with it when nobody else has it: over MQTT there is no other way. */
    private static final Set<CheckType> ENDING =
            EnumSet.of(CheckType.DELETE_NON_DURABLE_QUEUE, CheckType.DELETE_DURABLE_QUEUE, CheckType.DELETE_ADDRESS);

    private final byte[] username;
    private final byte[] password;
    /** Visitors by the connection on which they were let in. */
    private final Map<Object, Visitor> inside = new ConcurrentHashMap<>();

    private volatile int livePort = -1;
    private volatile Admission admission;

    /** @param username the account of the platform's processes; empty: none is needed */
    Doorkeeper(String username, String password) {
        this.username = username.getBytes(StandardCharsets.UTF_8);
        this.password = password.getBytes(StandardCharsets.UTF_8);
    }

    /** From now on browsers are let in on this port. */
    void open(int port, Admission by) {
        admission = by;
        livePort = port;
    }

    /** From now on no browser is let in. */
    void close() {
        admission = null;
    }

    @Override
    public Subject authenticate(String user, String pass, RemotingConnection connection, String domain) {
        if (ofBrowser(connection)) {
            Visitor visitor = new Visitor(user == null ? "" : user, pass == null ? "" : pass);
            // Artemis asks again whenever something is checked, also to put away what a visitor leaves behind.
            if (visitor.equals(inside.get(connection.getID()))) {
                return subject(visitor);
            }
            // The id of a process's connection stands in its messages; whoever takes it over would throw the process
            // out.
            String id = connection.getClientID();
            if (id == null
                    || !id.startsWith("page-" + visitor.name() + "-")
                    || grant(visitor).isEmpty()) {
                return null;
            }
            inside.put(connection.getID(), visitor);
            connection.addCloseListener(() -> inside.remove(connection.getID()));
            return subject(visitor);
        }
        return validateUser(user, pass) ? subject(new Process(user == null ? "" : user)) : null;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType check, String address) {
        if (subject == null) {
            return false;
        }
        for (Principal p : subject.getPrincipals()) {
            if (p instanceof Process) {
                return true;
            }
            if (p instanceof Visitor visitor) {
                if (ENDING.contains(check)) {
                    return true;
                }
                return grant(visitor).map(g -> allows(g, check, address)).orElse(false);
            }
        }
        return false;
    }

    @Override
    public boolean validateUser(String user, String pass) {
        if (username.length == 0) {
            return true;
        }
        // Both are compared in constant time, so that the answer's delay tells nothing about either.
        boolean known = user != null && MessageDigest.isEqual(username, user.getBytes(StandardCharsets.UTF_8));
        boolean right = pass != null && MessageDigest.isEqual(password, pass.getBytes(StandardCharsets.UTF_8));
        return known & right;
    }

    @Override
    public boolean validateUserAndRole(String user, String pass, Set<Role> roles, CheckType check) {
        return validateUser(user, pass);
    }

    private Optional<Grant> grant(Visitor visitor) {
        Admission by = admission;
        return by == null ? Optional.empty() : by.admit(visitor.name(), visitor.token());
    }

    private static boolean allows(Grant grant, CheckType check, String address) {
        // Artemis checks a subscription as the making of an address and a queue, and as hearing it.
        String topic = Filters.ofAddress(address);
        return switch (check) {
            case SEND -> grant.say().stream().anyMatch(f -> Filters.covers(f, topic));
            case CONSUME, CREATE_ADDRESS, CREATE_NON_DURABLE_QUEUE, CREATE_DURABLE_QUEUE ->
                grant.hear().stream().anyMatch(f -> Filters.covers(f, topic))
                        || grant.say().stream().anyMatch(f -> Filters.covers(f, topic))
                                && check == CheckType.CREATE_ADDRESS;
            default -> false;
        };
    }

    private boolean ofBrowser(RemotingConnection connection) {
        if (connection == null || !(connection.getTransportConnection() instanceof NettyConnection netty)) {
            return false;
        }
        Channel channel = netty.getNettyChannel();
        boolean ours = channel.localAddress() instanceof InetSocketAddress here && here.getPort() == livePort;
        return ours || OF_BROWSERS.stream().anyMatch(name -> channel.pipeline().get(name) != null);
    }

    private static Subject subject(Principal principal) {
        Subject subject = new Subject();
        // Artemis refuses a subject without one of its own kind.
        subject.getPrincipals().add(new UserPrincipal(principal.getName()));
        subject.getPrincipals().add(principal);
        return subject;
    }

    /** A process of the platform. */
    private record Process(String name) implements Principal {
        @Override
        public String getName() {
            return name;
        }
    }

    /** A browser. */
    private record Visitor(String name, String token) implements Principal {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
