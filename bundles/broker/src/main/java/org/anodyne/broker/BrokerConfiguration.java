package org.anodyne.broker;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Installation settings of the embedded broker. */
@ObjectClassDefinition(
        name = "Embedded broker",
        description = "The broker inside the platform. Switch it off when the bus uses an outside broker.")
@interface BrokerConfiguration {
    @AttributeDefinition(name = "Enabled", description = "Whether the embedded broker runs")
    boolean enabled() default true;

    @AttributeDefinition(
            name = "Host",
            description = "Address to listen on; anything but a loopback address needs an account")
    String host() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "TCP port; 0 takes the one that was used last, or any free one")
    int port() default 0;

    @AttributeDefinition(
            name = "Folder",
            description =
                    "Where retained messages and sessions are kept; empty means inside the framework's own folder")
    String folder() default "";

    @AttributeDefinition(name = "User name", description = "Account that clients must use; empty admits this machine")
    String username() default "";

    @AttributeDefinition(name = "Password", description = "The account's password", type = AttributeType.PASSWORD)
    String _password() default "";
}
