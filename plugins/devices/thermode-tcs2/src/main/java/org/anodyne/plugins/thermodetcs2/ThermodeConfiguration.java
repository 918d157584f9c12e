package org.anodyne.plugins.thermodetcs2;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a site sets for its thermode. */
@ObjectClassDefinition(name = "Anodyne TCS II thermode", description = "Where the thermode is.")
public @interface ThermodeConfiguration {
    /** Address when the command line names none. */
    @AttributeDefinition(
            name = "Address",
            description = "serial:/dev/ttyACM0, pty:/path or tcp:HOST:PORT; used when a session names none.",
            required = false)
    String address() default "";
}
