package org.anodyne.plugins.feedback;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What a site sets for feedback. */
@ObjectClassDefinition(name = "Anodyne feedback", description = "The key that allocation codes are sealed with.")
public @interface FeedbackConfiguration {
    /** File with the site's key. */
    @AttributeDefinition(
            name = "Key file",
            description =
                    "File with the key of allocation codes, 64 hexadecimal digits, readable by nobody but the account"
                            + " that runs the platform. Whoever can read it can tell the arms.",
            required = false)
    String key_file() default "";
}
