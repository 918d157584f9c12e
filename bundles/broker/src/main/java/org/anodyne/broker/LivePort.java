package org.anodyne.broker;

import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.anodyne.bus.BusException;
import org.anodyne.bus.LiveGate;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.server.RemotingService;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.remoting.Acceptor;

/** The broker's second port, for browsers. Thread: any. */
final class LivePort implements LiveGate {
    private static final String ACCEPTOR = "live";

    private final ActiveMQServerImpl server;
    private final Doorkeeper doorkeeper;

    LivePort(ActiveMQServerImpl server, Doorkeeper doorkeeper) {
        this.server = server;
        this.doorkeeper = doorkeeper;
    }

    @Override
    public Door open(String host, int port, Optional<Tls> tls, Admission admission) {
        try {
            RemotingService remoting = server.getRemotingService();
            if (remoting.getAcceptor(ACCEPTOR) != null) {
                throw new BusException("the bus has a port for browsers already");
            }
            int chosen = port == 0 ? free(host) : port;
            // Known to the doorkeeper before anybody can connect.
            doorkeeper.open(chosen, admission);
            Acceptor acceptor = remoting.createAcceptor(ACCEPTOR, address(host, chosen, tls));
            acceptor.start();
            if (!(acceptor instanceof NettyAcceptor netty) || !netty.isStarted()) {
                throw new BusException("it is in use by another program");
            }
            return new Open(chosen);
        } catch (Exception e) {
            shut();
            throw new BusException(
                    "The port for browsers, " + host + ":" + port + ", cannot be opened: " + e.getMessage(), e);
        }
    }

    private static int free(String host) throws java.io.IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.bind(new InetSocketAddress(host, 0));
            return probe.getLocalPort();
        }
    }

    private static String address(String host, int port, Optional<Tls> tls) {
        String secret = tls.map(t -> {
                    if (!Files.isReadable(t.keystore())) {
                        throw new BusException("the keystore " + t.keystore() + " cannot be read");
                    }
                    return ";sslEnabled=true;keyStoreType=PKCS12;keyStorePath="
                            + t.keystore().toAbsolutePath() + ";keyStorePassword=" + t.password();
                })
                .orElse("");
        return "tcp://" + host + ":" + port
                + "?protocols=MQTT;tcpNoDelay=true;topicAliasMaximum=-1;useEpoll=false;useKQueue=false"
                + ";remotingThreads=1;quietPeriod=0;shutdownTimeout=3000;webSocketEncoderType=binary" + secret;
    }

    private void shut() {
        doorkeeper.close();
        try {
            RemotingService remoting = server.getRemotingService();
            if (remoting != null && remoting.getAcceptor(ACCEPTOR) != null) {
                remoting.destroyAcceptor(ACCEPTOR);
            }
        } catch (Exception e) {
            throw new BusException("The port for browsers was not closed cleanly: " + e.getMessage(), e);
        }
    }

    private final class Open implements Door {
        private final int port;
        private final AtomicBoolean closed = new AtomicBoolean();

        Open(int port) {
            this.port = port;
        }

        @Override
        public int port() {
            return port;
        }

        @Override
        public void drop(String visitor) {
            server.getSessions().stream()
                    .filter(s -> visitor.equals(s.getUsername()))
                    .map(s -> s.getRemotingConnection())
                    .distinct()
                    .forEach(LivePort::end);
        }

        @Override
        public void close() {
            if (!closed.getAndSet(true)) {
                shut();
            }
        }
    }

    private static void end(RemotingConnection connection) {
        connection.getTransportConnection().close();
    }
}
