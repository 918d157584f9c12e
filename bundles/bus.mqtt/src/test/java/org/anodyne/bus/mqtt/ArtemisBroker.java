package org.anodyne.bus.mqtt;

import java.nio.file.Path;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;

/** An embedded Artemis on a free port of 127.0.0.1, with the settings of the platform's own broker. */
final class ArtemisBroker implements AutoCloseable {
    private final EmbeddedActiveMQ server = new EmbeddedActiveMQ();
    private final int port = Ports.free();

    ArtemisBroker(Path folder) throws Exception {
        Configuration c = new ConfigurationImpl();
        c.setPersistenceEnabled(true);
        c.setJournalType(JournalType.NIO);
        c.setJournalDirectory(folder.resolve("journal").toString());
        c.setBindingsDirectory(folder.resolve("bindings").toString());
        c.setLargeMessagesDirectory(folder.resolve("large").toString());
        c.setPagingDirectory(folder.resolve("paging").toString());
        c.setJournalFileSize(1 << 20);
        c.setJournalMinFiles(2);
        c.setJournalDatasync(false);
        c.setJournalBufferTimeout_NIO(300_000);
        c.setJMXManagementEnabled(false);
        c.setSecurityEnabled(false);
        c.setMqttSessionScanInterval(500);
        c.setMaxDiskUsage(-1);
        c.addAcceptorConfiguration(
                "mqtt", "tcp://127.0.0.1:" + port + "?protocols=MQTT;tcpNoDelay=true;topicAliasMaximum=-1");
        c.addAddressSetting("#", new AddressSettings().setMaxDeliveryAttempts(-1));
        server.setConfiguration(c);
        server.start();
        server.getActiveMQServer().waitForActivation(20, java.util.concurrent.TimeUnit.SECONDS);
    }

    int port() {
        return port;
    }

    String uri() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
