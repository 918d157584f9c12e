package org.anodyne.plugins.tmsmagventure;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What belongs to the site's stimulator and not to a protocol. */
@ObjectClassDefinition(name = "MagVenture", description = "The site's MagPro")
@interface Site {
    @AttributeDefinition(
            name = "Address",
            description = "Where the stimulator is when a session does not say: serial:/dev/ttyUSB0, pty:/path or"
                    + " tcp:HOST:PORT; empty for none")
    String address() default "";
}
