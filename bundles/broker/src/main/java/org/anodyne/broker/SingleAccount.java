package org.anodyne.broker;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import javax.security.auth.Subject;
import org.apache.activemq.artemis.core.security.CheckType;
import org.apache.activemq.artemis.core.security.Role;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.apache.activemq.artemis.spi.core.security.ActiveMQSecurityManager5;
import org.apache.activemq.artemis.spi.core.security.jaas.UserPrincipal;

/** Admits one account; whoever is admitted may do everything on the bus. Thread: any. */
final class SingleAccount implements ActiveMQSecurityManager5 {
    private final byte[] username;
    private final byte[] password;

    SingleAccount(String username, String password) {
        this.username = username.getBytes(StandardCharsets.UTF_8);
        this.password = password.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Subject authenticate(String user, String pass, RemotingConnection connection, String domain) {
        if (!validateUser(user, pass)) {
            return null;
        }
        Subject subject = new Subject();
        subject.getPrincipals().add(new UserPrincipal(user));
        return subject;
    }

    @Override
    public boolean authorize(Subject subject, Set<Role> roles, CheckType check, String address) {
        return subject != null;
    }

    @Override
    public boolean validateUser(String user, String pass) {
        // Both are compared in constant time, so that the answer's delay tells nothing about either.
        boolean known = user != null && MessageDigest.isEqual(username, user.getBytes(StandardCharsets.UTF_8));
        boolean right = pass != null && MessageDigest.isEqual(password, pass.getBytes(StandardCharsets.UTF_8));
        return known & right;
    }

    @Override
    public boolean validateUserAndRole(String user, String pass, Set<Role> roles, CheckType check) {
        return validateUser(user, pass);
    }
}
