package org.anodyne.plugin;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.osgi.annotation.bundle.Capability;
import org.osgi.service.component.annotations.ComponentPropertyType;

/**
 * Marks the Declarative Services component that is a plug-in's factory. It becomes a capability in the bundle's
 * manifest, so that the resolver and the host can see a plug-in before its code runs, and properties of the service.
 */
@ComponentPropertyType
@Capability(
        namespace = ProvidesPlugin.NAMESPACE,
        attribute = {"id=${#id}", "kind=${#kind}", "title='${#title}'"})
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
public @interface ProvidesPlugin {
    /** Prefix of the service properties: {@code anodyne.plugin.id}, {@code anodyne.plugin.kind} … */
    String PREFIX_ = "anodyne.plugin.";

    /** Namespace of the capability in the manifest. */
    String NAMESPACE = "anodyne.plugin";

    /** The role. */
    PluginKind kind();

    /** Name by which protocols call the plug-in: lower case letters, digits and hyphens; one provider per id. */
    String id();

    /** A short title for people. */
    String title();

    /**
     * Bundle path of the JSON Schema 2020-12 of the plug-in's protocol parameters. Besides the standard keywords a
     * property carries {@code x-unit} (UCUM-like symbol; the protocol then has to write the value with its unit),
     * {@code x-change} ({@code never | phase | live}) and, where it applies, {@code x-hazard} (a sentence).
     */
    String schema() default "parameters.schema.json";

    /**
     * Whether two instances cannot be open at once, because they own one device. A swap then closes the old one before it
     * prepares the new one, and opens the old one again if that fails.
     */
    boolean exclusive() default false;
}
