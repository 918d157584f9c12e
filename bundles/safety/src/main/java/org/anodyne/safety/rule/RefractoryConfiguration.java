package org.anodyne.safety.rule;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Least times between two commands at one installation. */
@ObjectClassDefinition(
        name = "Anodyne refractory floor",
        description = "Least time between two executed commands to one actuator, whatever a protocol says.")
public @interface RefractoryConfiguration {
    /** Floors by plug-in. */
    @AttributeDefinition(
            name = "Floors",
            description = "plug-in id, =, milliseconds; one entry per plug-in, e.g. tens-rehastim=500. For TMS single"
                    + " pulses 1000 is the engineering default.",
            required = false)
    String[] floors() default {};
}
