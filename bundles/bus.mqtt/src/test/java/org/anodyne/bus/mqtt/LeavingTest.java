package org.anodyne.bus.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who leaves at an awkward moment disturbs neither the client library nor the broker. */
class LeavingTest {
    private static final int TIMES = 25;

    /** Leaves later each time, from before the CONNECT to after the answer to the last SUBSCRIBE. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void inTheMiddleOfAHandshake(boolean forEver, @TempDir Path folder) throws Exception {
        List<Throwable> uncaught = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        Thread.setDefaultUncaughtExceptionHandler((thread, e) -> uncaught.add(e));
        log.start();
        root.addAppender(log);
        try (ArtemisBroker broker = new ArtemisBroker(folder)) {
            for (int i = 0; i < TIMES; i++) {
                try (MqttMessageBus bus = new MqttMessageBus(BusSettings.of(broker.uri(), "lab"))) {
                    bus.subscribe("anodyne/1/lab/s1/event/#", m -> {});
                    bus.subscribe("anodyne/1/lab/s1/state/#", m -> {});
                    LockSupport.parkNanos(i * 1_000_000L);
                    if (!forEver) {
                        bus.broker("");
                    }
                }
            }
        } finally {
            root.detachAppender(log);
            Thread.setDefaultUncaughtExceptionHandler(before);
        }
        assertEquals(List.of(), uncaught);
        assertEquals(
                List.of(),
                log.list.stream()
                        .filter(e -> e.getLevel().isGreaterOrEqual(Level.ERROR))
                        .map(ILoggingEvent::getFormattedMessage)
                        .toList());
    }

    /** What is told to go elsewhere returns when nothing is under way to the old broker, also when that is silent. */
    @Test
    void aSilentBrokerHoldsNobodyForLong(@TempDir Path folder) throws Exception {
        try (java.net.ServerSocket silent = new java.net.ServerSocket(0, 5, java.net.InetAddress.getLoopbackAddress());
                ArtemisBroker broker = new ArtemisBroker(folder);
                MqttMessageBus bus =
                        new MqttMessageBus(BusSettings.of("tcp://127.0.0.1:" + silent.getLocalPort(), "lab"))) {
            Await.until("it is connecting", () -> Threads.of(bus.source(), "").size() > 1);
            bus.broker(broker.uri());
            Await.until("it is connected to the other", bus::connected);
        }
    }
}
