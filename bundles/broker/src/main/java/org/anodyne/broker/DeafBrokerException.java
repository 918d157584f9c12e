package org.anodyne.broker;

import org.apache.activemq.artemis.core.remoting.server.RemotingService;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;

/** A broker says that it is active, but nobody can connect to it. */
@SuppressWarnings("serial")
final class DeafBrokerException extends BrokerException {
    DeafBrokerException(BrokerSettings settings, ActiveMQServerImpl server) {
        super("The broker is active, but does not listen on " + settings.host() + ":" + settings.port() + " ("
                + found(server) + "). Start the platform again; if it stays so, set another 'folder' in"
                + " 'org.anodyne.broker'.");
    }

    private static String found(ActiveMQServerImpl server) {
        RemotingService remoting = server.getRemotingService();
        return "server " + server.getState() + ", remoting "
                + (remoting == null ? "missing" : remoting.isStarted() ? "started" : "stopped")
                + ", acceptors " + (remoting == null ? "unknown" : remoting.getAcceptors());
    }
}
