package org.anodyne.safety;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Settings of the gate at one installation. */
@ObjectClassDefinition(
        name = "Anodyne safety gate",
        description =
                "The gate in front of every actuator. An added safeguard of research software, never the only one.")
public @interface GateConfiguration {
    /** Greatest age of a decision. */
    @AttributeDefinition(
            name = "Greatest age of a decision, milliseconds",
            description = "A command whose newest data are older than this, in session time, is refused and not"
                    + " executed. The default is an engineering default; no norm gives this number.",
            min = "1")
    long latest_millis() default 250;
}
