package org.anodyne.console;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Installation settings of the console. */
@ObjectClassDefinition(name = "Console", description = "The web pages for operator, participant and assessor.")
@interface ConsoleConfiguration {
    @AttributeDefinition(name = "Enabled", description = "Whether pages are served; 'run' switches it on")
    boolean enabled() default false;

    @AttributeDefinition(
            name = "Host",
            description =
                    "Address to listen on; 0.0.0.0 lets other machines of the network in, as a participant's tablet needs")
    String host() default "127.0.0.1";

    @AttributeDefinition(name = "Port", description = "TCP port of the pages; 0 for any free one")
    int port() default 8080;

    @AttributeDefinition(name = "Live port", description = "TCP port on which pages hear the bus; 0 for any free one")
    int live_port() default 0;

    @AttributeDefinition(name = "Folder", description = "Where the database, the lab's protocols and the sessions are")
    String folder() default "";

    @AttributeDefinition(name = "Examples", description = "Where the shipped protocols are")
    String examples() default "";

    @AttributeDefinition(name = "Simulators", description = "Where the simulated devices are")
    String simulators() default "";

    @AttributeDefinition(
            name = "Plug-ins",
            description = "The plug-ins folder; its jars are offered when a slot's plug-in is to be replaced")
    String plugins() default "";

    @AttributeDefinition(
            name = "Keystore",
            description = "PKCS 12 file with certificate and key; without it nothing is encrypted")
    String keystore() default "";

    @AttributeDefinition(name = "Keystore password", description = "Its password", type = AttributeType.PASSWORD)
    String _keystorePassword() default "";
}
