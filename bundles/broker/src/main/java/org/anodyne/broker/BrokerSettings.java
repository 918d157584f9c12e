package org.anodyne.broker;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;

/**
 * How the embedded broker is to run.
 *
 * @param host address to listen on; anything but a loopback address needs an account
 * @param port TCP port; 0 takes the one this folder used last, or any free one
 * @param folder where retained messages and sessions are kept
 * @param username name of the account that clients must use; empty admits everybody on this machine
 * @param password the account's password
 */
record BrokerSettings(String host, int port, Path folder, String username, String password) {
    BrokerSettings {
        if (port < 0 || port > 65535) {
            throw new BrokerException("The broker's port is " + port
                    + "; set a number from 1 to 65535, or 0 for any free one, in 'org.anodyne.broker'.");
        }
        if (username.isEmpty() && !loopback(host)) {
            throw new BrokerException("The broker was told to listen on '" + host
                    + "', which other machines can reach, but has no account. Set 'username' and 'password' in"
                    + " 'org.anodyne.broker', or 'host' to 127.0.0.1.");
        }
        if (!username.isEmpty() && password.isEmpty()) {
            throw new BrokerException(
                    "The broker's account '" + username + "' has no password. Set 'password' in 'org.anodyne.broker'.");
        }
    }

    /** Without an account, on this machine only. */
    static BrokerSettings local(Path folder, int port) {
        return new BrokerSettings("127.0.0.1", port, folder, "", "");
    }

    private static boolean loopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new BrokerException("The broker was told to listen on '" + host
                    + "', which is no address of this machine. Set 'host' in 'org.anodyne.broker' to 127.0.0.1.");
        }
    }
}
