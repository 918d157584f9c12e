package org.anodyne.bus.mqtt.net;

import java.net.URI;
import java.util.Set;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import org.eclipse.paho.mqttv5.client.spi.NetworkModuleFactory;

/**
 * Makes the connections of the client library, which finds this class by {@code META-INF/services} on its own class
 * loader: in this bundle that is ours, whatever the thread's context class loader is.
 */
public final class BusNetworkModuleFactory implements NetworkModuleFactory {
    private static final int DEFAULT_PORT = 1883;

    @Override
    public Set<String> getSupportedUriSchemes() {
        return Set.of("tcp");
    }

    @Override
    public void validateURI(URI uri) {
        if (uri.getHost() == null || uri.getPath() != null && !uri.getPath().isEmpty()) {
            throw new IllegalArgumentException(
                    "'" + uri + "' is no address of a broker; write tcp://host:port without a path");
        }
    }

    @Override
    public NetworkModule createNetworkModule(URI uri, MqttConnectionOptions options, String clientId) {
        validateURI(uri);
        int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
        return new BusNetworkModule(uri.getHost(), port, options.getConnectionTimeout() * 1000);
    }
}
