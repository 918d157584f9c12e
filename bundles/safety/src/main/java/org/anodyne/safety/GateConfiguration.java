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

    /** Folder of ledger, screenings and stop. */
    @AttributeDefinition(
            name = "Folder",
            description = "Where dose ledger, screenings and the emergency stop are kept; empty for var/safety in the"
                    + " platform's home. All processes that stimulate the same participants share it.",
            required = false)
    String folder() default "";

    /** File of the site's policy. */
    @AttributeDefinition(
            name = "Site policy",
            description = "File with the site's limits; empty for etc/safety-policy.txt in the platform's home.",
            required = false)
    String policy() default "";
}
