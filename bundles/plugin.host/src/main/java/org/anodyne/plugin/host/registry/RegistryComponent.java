package org.anodyne.plugin.host.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.MessageBus.Subscription;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.plugin.host.Provider;
import org.anodyne.plugin.host.Providers;
import org.anodyne.plugin.host.remote.DeviceHost;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The registry of plug-ins as a component: the service registry and the folder {@code ${anodyne.home}/plugins} on one
 * side, slots and people on the other.
 */
@Component(
        service = {PluginRegistry.class, Providers.class},
        configurationPid = "org.anodyne.plugin.host",
        immediate = true)
@Designate(ocd = RegistryComponent.Site.class)
public final class RegistryComponent implements PluginRegistry, Providers {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryComponent.class);

    /** Framework property: the folder that holds {@code plugins/}. */
    static final String HOME = "anodyne.home";

    /** Settings of this installation. */
    @ObjectClassDefinition(name = "Installing plug-ins")
    public @interface Site {
        /** Whose plug-ins are installed. */
        @AttributeDefinition(
                name = "Signatures",
                description =
                        "any: every jar; signed: jars that somebody has signed; trusted: jars signed with one of the"
                                + " trusted certificates. A jar that was changed after it was signed is always refused.",
                options = {
                    @Option(label = "any", value = "any"),
                    @Option(label = "signed", value = "signed"),
                    @Option(label = "trusted", value = "trusted")
                })
        String signatures() default "any";

        /** Whom to trust. */
        @AttributeDefinition(
                name = "Trusted certificates",
                description = "SHA-256 fingerprints of certificates, as keytool -printcert -jarfile JAR shows them.")
        String[] trusted() default {};

        /** Whether trust outlives the certificate. */
        @AttributeDefinition(
                name = "Allow expired certificates",
                description = "Whether a trusted certificate still counts after its end. Without it, a plug-in is not"
                        + " installed any more at the first start after the end of its signer's certificate.")
        boolean allowExpired() default false;
    }

    private final Registry registry;
    private final Deployer deployer;
    private final Announcer announcer;
    /** A device host holds actuators only. */
    private final boolean deviceHost;

    private final Optional<Folder> folder;

    @Activate
    public RegistryComponent(BundleContext context, Site site) {
        registry = new Registry(context);
        deployer = new Deployer(context, registry, policy(site));
        announcer = new Announcer(registry);
        deviceHost = context.getProperty(DeviceHost.PROPERTY) != null;
        folder = folder(context.getProperty(HOME));
        registry.open();
        folder.ifPresentOrElse(Folder::open, () -> deployer.removeAllBut(Set.of()));
    }

    private static SignaturePolicy policy(Site site) {
        try {
            return SignaturePolicy.of(site.signatures(), List.of(site.trusted()), site.allowExpired());
        } catch (IllegalArgumentException e) {
            LOG.error("no plug-in is installed from plugins/: {}", e.getMessage());
            return new SignaturePolicy(SignaturePolicy.Kind.TRUSTED, Set.of(), false);
        }
    }

    private Optional<Folder> folder(String home) {
        if (home == null || home.isBlank()) {
            return Optional.empty();
        }
        Path plugins = Path.of(home).resolve("plugins");
        try {
            return Optional.of(new Folder(plugins, deployer, registry, deviceHost));
        } catch (IOException e) {
            LOG.error("{} cannot be watched; jars dropped there are not installed: {}", plugins, e.toString());
            return Optional.empty();
        }
    }

    @Deactivate
    void deactivate() {
        folder.ifPresent(Folder::close);
        registry.close();
        deployer.close();
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void bindBus(MessageBus bus, Map<String, Object> properties) {
        // What a device host has, or who only asks another platform, is its own affair: the site's list is the
        // platform's.
        if (!deviceHost && !Boolean.TRUE.equals(properties.get("guest"))) {
            announcer.bus(bus);
        }
    }

    void unbindBus(MessageBus bus) {
        announcer.gone(bus);
    }

    @Override
    public List<InstalledPlugin> plugins() {
        return registry.plugins();
    }

    @Override
    public Optional<InstalledPlugin> find(String id) {
        return registry.find(id).map(Entry::info);
    }

    @Override
    public Subscription onChange(Consumer<InstalledPlugin> listener) {
        return registry.onChange(listener);
    }

    @Override
    public List<InstalledPlugin> install(Path jar) {
        return deployer.deploy(jar, Deployer.Purpose.INSTALL, "").entries().stream()
                .map(Entry::info)
                .toList();
    }

    @Override
    public void awaitSettled(Duration timeout) throws InterruptedException {
        long until = System.nanoTime() + timeout.toNanos();
        if (folder.isPresent()) {
            folder.get().awaitSettled(timeout);
        }
        deployer.awaitRemovals(Duration.ofNanos(Math.max(1_000_000, until - System.nanoTime())));
    }

    @Override
    public Optional<Provider> provider(String id) {
        return registry.find(id).map(e -> e);
    }

    @Override
    public List<Provider> installBeside(Path jar) {
        return List.copyOf(deployer.deploy(jar, Deployer.Purpose.STANDBY, "").entries());
    }

    @Override
    public void discard(List<Provider> installed) {
        deployer.replace(
                installed.stream().map(Entry.class::cast).filter(Entry::standby).toList());
    }

    @Override
    public void use(Provider provider) {
        registry.mark(List.of((Entry) provider), e -> e.users(1));
    }

    @Override
    public void release(Provider provider) {
        registry.mark(List.of((Entry) provider), e -> e.users(-1));
        deployer.removeIfDone((Entry) provider);
    }

    @Override
    public void retire(Provider replaced, Provider successor) {
        registry.mark(registry.of(((Entry) successor).bundle()), e -> {
            e.standby(false);
            e.replaced(false);
        });
        if (replaced instanceof Entry e && e != successor && !e.isGone()) {
            deployer.replace(registry.of(e.bundle()));
        }
    }

    @Override
    public Subscription onLost(Consumer<Provider> listener) {
        return registry.onLost(listener);
    }

    @Override
    public List<String> leaks() {
        return deployer.leaks();
    }
}
