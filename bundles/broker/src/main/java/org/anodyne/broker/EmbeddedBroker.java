package org.anodyne.broker;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.anodyne.bus.LiveGate;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.client.ActiveMQClient;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTProtocolManagerFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptor;
import org.apache.activemq.artemis.core.remoting.server.RemotingService;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An MQTT broker in this process. {@link #start} returns once clients can connect; {@link #close} returns once no thread
 * and no file of it is left. Retained messages and sessions outlive both in the settings' folder.
 *
 * <p>Thread: any, one call at a time.
 */
final class EmbeddedBroker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
    private static final String ACCEPTOR = "mqtt";
    /** After it the broker stops whatever its clients are doing. */
    private static final Duration CUT_OFF_DEADLINE = Duration.ofSeconds(1);
    /** Nobody listens here: what has expired is gone. */
    private static final SimpleString UNDELIVERABLE = SimpleString.of("anodyne-undeliverable");
    /** After it the start has failed and everything is stopped again. */
    private static final Duration START_DEADLINE = Duration.ofSeconds(30);

    private static final Duration LISTEN_DEADLINE = Duration.ofSeconds(10);
    private static final int ATTEMPTS = 3;
    private static final long LOOK_NANOS = 20_000_000;
    /** Artemis looks for ended sessions and wills to send this often; its own default is ten times as slow. */
    private static final long SESSION_SCAN_MILLIS = 500;
    /** Small journal files: a first start writes them in full. */
    private static final int JOURNAL_BUFFER_NANOS = 300_000;

    private static final int JOURNAL_FILE_BYTES = 4 << 20;

    private final BrokerSettings settings;
    private final ActiveMQServerImpl server;
    private final FileChannel lockFile;
    private final int port;
    private final LivePort live;

    private EmbeddedBroker(
            BrokerSettings settings, ActiveMQServerImpl server, Doorkeeper doorkeeper, FileChannel lockFile, int port) {
        this.settings = settings;
        this.server = server;
        this.live = new LivePort(server, doorkeeper);
        this.lockFile = lockFile;
        this.port = port;
    }

    /**
     * Starts a broker.
     *
     * @throws BrokerException when the folder or the port is in use, or cannot be used
     */
    static EmbeddedBroker start(BrokerSettings settings) {
        FileChannel lockFile = lock(settings.folder());
        try {
            for (int attempt = 1; ; attempt++) {
                try {
                    return attempt(settings, lockFile);
                } catch (DeafBrokerException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                    LOG.info("Started again: {}", e.getMessage());
                }
            }
        } catch (BrokerException e) {
            closeQuietly(lockFile);
            throw e;
        } catch (Exception e) {
            closeQuietly(lockFile);
            throw new BrokerException("The broker did not start in '" + settings.folder() + "': " + e.getMessage(), e);
        }
    }

    private static EmbeddedBroker attempt(BrokerSettings settings, FileChannel lockFile) throws Exception {
        Doorkeeper doorkeeper = new Doorkeeper(settings.username(), settings.password());
        ActiveMQServerImpl server = new ActiveMQServerImpl(configuration(settings), doorkeeper);
        server.addProtocolManagerFactory(new MQTTProtocolManagerFactory());
        try {
            return started(settings, server, doorkeeper, lockFile);
        } catch (Exception e) {
            stop(server);
            throw e;
        }
    }

    private static EmbeddedBroker started(
            BrokerSettings settings, ActiveMQServerImpl server, Doorkeeper doorkeeper, FileChannel lockFile)
            throws Exception {
        AtomicReference<Exception> failure = new AtomicReference<>();
        server.registerActivationFailureListener(failure::set);
        server.start();
        long deadline = System.nanoTime() + START_DEADLINE.toNanos();
        // A failed activation does not wake the waiting thread, hence the short waits.
        while (!server.waitForActivation(100, TimeUnit.MILLISECONDS)) {
            if (failure.get() != null) {
                throw failure.get();
            }
            if (System.nanoTime() > deadline) {
                throw new BrokerException("The broker in '" + settings.folder() + "' was not active within "
                        + START_DEADLINE.toSeconds() + " s.");
            }
        }
        int port = listening(settings, server, failure).getActualPort();
        Files.writeString(portFile(settings.folder()), Integer.toString(port));
        return new EmbeddedBroker(settings, server, doorkeeper, lockFile, port);
    }

    /**
     * The acceptor once it is started: on a busy machine that may be a little later than the broker is active.
     *
     * @throws DeafBrokerException when the broker is active and yet does not listen: Artemis keeps to itself why it has not
     *     made its acceptor, and only a new server gets over that
     */
    private static NettyAcceptor listening(
            BrokerSettings settings, ActiveMQServerImpl server, AtomicReference<Exception> failure) throws Exception {
        long deadline = System.nanoTime() + LISTEN_DEADLINE.toNanos();
        while (true) {
            if (server.getRemotingService().getAcceptor(ACCEPTOR) instanceof NettyAcceptor acceptor
                    && acceptor.isStarted()) {
                return acceptor;
            }
            if (failure.get() != null) {
                throw failure.get();
            }
            if (System.nanoTime() > deadline) {
                throw new DeafBrokerException(settings, server);
            }
            LockSupport.parkNanos(LOOK_NANOS);
            // Does nothing where it has started meanwhile, and says why where it cannot.
            server.getRemotingService().startAcceptors();
        }
    }

    /** Opens a port for browsers. */
    LiveGate live() {
        return live;
    }

    /** Where processes of the platform connect: {@code tcp://host:port}. */
    String uri() {
        String host = settings.host();
        return "tcp://" + (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    /** Stops; clients are cut off. Idempotent. */
    @Override
    public void close() {
        try {
            stop(server);
        } finally {
            closeQuietly(lockFile);
        }
    }

    private static void stop(ActiveMQServerImpl server) {
        try {
            cutOff(server);
            server.stop();
            // Shared by all brokers and clients of this class loader; nobody else uses them here.
            ActiveMQClient.clearThreadPools(5, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new BrokerException("The broker did not stop cleanly: " + e.getMessage(), e);
        }
    }

    /** Lets Artemis finish with its clients while its stores are still open; else it reports an error for each. */
    private static void cutOff(ActiveMQServerImpl server) {
        RemotingService remoting = server.getRemotingService();
        if (remoting == null || !server.isStarted()) {
            return;
        }
        remoting.pauseAcceptors();
        remoting.getConnections().forEach(c -> c.getTransportConnection().close());
        long deadline = System.nanoTime() + CUT_OFF_DEADLINE.toNanos();
        while ((remoting.getConnectionCount() > 0 || !server.getSessions().isEmpty()) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static Configuration configuration(BrokerSettings settings) throws Exception {
        Path folder = settings.folder();
        ConfigurationImpl c = new ConfigurationImpl();
        c.setName("anodyne");
        c.setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(2)
                .setJournalPoolFiles(4)
                // Written to the file before it is acknowledged, so a killed process loses nothing. Forcing it to the
                // disk as well would only help when the machine loses power, and the record, which has to survive
                // that, is forced by the recorder.
                .setJournalDatasync(false)
                // A message is acknowledged when the buffer it is in was written; by default that waits for more for
                // 3.3 ms,
                // which every hop of a loop would pay.
                .setJournalBufferTimeout_NIO(JOURNAL_BUFFER_NANOS)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setMaxDiskUsage(-1)
                .setMqttSessionScanInterval(SESSION_SCAN_MILLIS)
                // Checked anew each time it matters: a token may have been withdrawn.
                .setSecurityEnabled(true)
                .setAuthenticationCacheSize(0)
                .setJMXManagementEnabled(false)
                .setCriticalAnalyzer(false)
                .setMessageCounterEnabled(false)
                .setResolveProtocols(false)
                .setThreadPoolMaxSize(16)
                .setScheduledThreadPoolMaxSize(2);
        c.setGracefulShutdownEnabled(false);
        // Redelivered as often as it takes: by default Artemis drops a message after ten cut connections.
        c.addAddressSetting(
                "#",
                new AddressSettings()
                        .setMaxDeliveryAttempts(-1)
                        .setDeadLetterAddress(UNDELIVERABLE)
                        .setExpiryAddress(UNDELIVERABLE));
        // topicAliasMaximum=-1: the client library's aliases are broken (stale after a resend), so none are offered.
        c.addAcceptorConfiguration(
                ACCEPTOR,
                "tcp://" + settings.host() + ":" + choosePort(settings)
                        + "?protocols=MQTT;tcpNoDelay=true;topicAliasMaximum=-1;useEpoll=false;useKQueue=false"
                        + ";remotingThreads=2;quietPeriod=0;shutdownTimeout=3000");
        return c;
    }

    /** With port 0, the port that this folder used last if it is free, so that clients find a restarted broker again. */
    private static int choosePort(BrokerSettings settings) throws IOException {
        if (settings.port() != 0) {
            if (!free(settings.host(), settings.port())) {
                throw cannotListen(settings, settings.port());
            }
            return settings.port();
        }
        Path file = portFile(settings.folder());
        String last = Files.exists(file) ? Files.readString(file).trim() : "";
        boolean again = last.matches("[1-9]\\d{0,4}") && free(settings.host(), Integer.parseInt(last));
        return again ? Integer.parseInt(last) : 0;
    }

    private static boolean free(String host, int port) {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
            return true;
        } catch (IOException | IllegalArgumentException taken) {
            return false;
        }
    }

    private static BrokerException cannotListen(BrokerSettings settings, int port) {
        return new BrokerException("The broker cannot listen on " + settings.host() + ":" + port
                + ". End the program that uses this port, or set 'port' in 'org.anodyne.broker' to 0.");
    }

    private static Path portFile(Path folder) {
        return folder.resolve("port");
    }

    /** Two brokers on one folder would ruin it; Artemis itself would wait for ever for the other to end. */
    private static FileChannel lock(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve("in-use"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock lock = null;
            try {
                lock = channel.tryLock();
            } catch (OverlappingFileLockException here) {
                // Held by this very process: reported like any other holder.
            }
            if (lock == null) {
                channel.close();
                throw new BrokerException("The broker's folder '" + folder
                        + "' is in use by another broker. End that one, or set another 'folder' in"
                        + " 'org.anodyne.broker'.");
            }
            return channel;
        } catch (IOException e) {
            throw new BrokerException("The broker cannot use its folder '" + folder + "': " + e.getMessage(), e);
        }
    }

    private static void closeQuietly(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new BrokerException("The broker's folder could not be released: " + e.getMessage(), e);
        }
    }
}
