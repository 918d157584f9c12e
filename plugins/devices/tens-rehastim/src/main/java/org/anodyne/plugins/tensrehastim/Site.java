package org.anodyne.plugins.tensrehastim;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What belongs to the site's stimulator and not to a protocol. */
@ObjectClassDefinition(name = "RehaStim2", description = "The site's stimulator that speaks ScienceMode2")
@interface Site {
    @AttributeDefinition(
            name = "Address",
            description = "Where the stimulator is when a session does not say: serial:/dev/ttyUSB0, pty:/path or"
                    + " tcp:HOST:PORT; empty for none")
    String address() default "";
}
