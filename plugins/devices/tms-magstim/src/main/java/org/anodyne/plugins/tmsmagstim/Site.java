package org.anodyne.plugins.tmsmagstim;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What belongs to the site's stimulator and not to a protocol. */
@ObjectClassDefinition(name = "Magstim", description = "The site's Magstim 200², BiStim² or Rapid²")
@interface Site {
    @AttributeDefinition(
            name = "Address",
            description = "Where the stimulator is when a session does not say: serial:/dev/ttyUSB0, pty:/path or"
                    + " tcp:HOST:PORT; empty for none")
    String address() default "";

    @AttributeDefinition(
            name = "Unlock code",
            description = "Of a Rapid with software 9 or later that asks for one; empty for none",
            type = AttributeType.PASSWORD)
    String unlockCode() default "";
}
