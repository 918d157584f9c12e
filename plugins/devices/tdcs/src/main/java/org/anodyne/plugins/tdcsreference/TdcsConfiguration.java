package org.anodyne.plugins.tdcsreference;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a site sets for its stimulator. */
@ObjectClassDefinition(
        name = "Anodyne tDCS/tACS (reference protocol)",
        description = "Where the stimulator is, and the key that allocation codes are sealed with.")
public @interface TdcsConfiguration {
    /** Address when the command line names none. */
    @AttributeDefinition(
            name = "Address",
            description = "serial:/dev/ttyUSB0, pty:/path or tcp:HOST:PORT; used when a session names none.",
            required = false)
    String address() default "";

    /** File with the site's key. */
    @AttributeDefinition(
            name = "Key file",
            description =
                    "File with the key of allocation codes, 64 hexadecimal digits, readable by nobody but the account"
                            + " that runs the device host. Whoever can read it can tell the arms.",
            required = false)
    String key_file() default "";
}
