package org.anodyne.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceReference;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import org.osgi.service.component.runtime.dto.ComponentConfigurationDTO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the command that the launcher was started with, then stops the framework; the exit code is left in the system
 * property {@value #EXIT_PROPERTY}.
 */
@Component(service = {})
public final class CommandLineRunner {
    /** Framework property with the command's words, separated by U+001F. */
    static final String COMMAND_PROPERTY = "anodyne.command";

    /** Framework property with the folder that holds {@code plugins/}, {@code examples/} and {@code var/}. */
    static final String HOME_PROPERTY = "anodyne.home";

    static final String EXIT_PROPERTY = "anodyne.exit";

    /** Property of the {@link Runnable} service that ends the command in order. */
    static final String END_PROPERTY = "anodyne.end";

    private static final Duration END = Duration.ofSeconds(60);
    private static final Duration READY = Duration.ofSeconds(60);
    /** For so long no further bundle has started: the others never will. */
    private static final long NO_MORE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final Logger LOG = LoggerFactory.getLogger(CommandLineRunner.class);

    private final BundleContext context;
    private final Bundle framework;
    private final ConfigurationAdmin configurations;
    private final ServiceComponentRuntime components;
    private final AtomicReference<Platform> platform = new AtomicReference<>();
    private final CountDownLatch ready = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicBoolean endsInOrder = new AtomicBoolean();
    private final Thread thread;

    @Activate
    public CommandLineRunner(
            BundleContext context,
            @Reference ConfigurationAdmin configurations,
            @Reference ServiceComponentRuntime components) {
        this.context = context;
        // Taken now: the context is of no use any more when a signal has stopped this bundle before the command ends.
        this.framework = context.getBundle(0);
        this.configurations = configurations;
        this.components = components;
        String words = context.getProperty(COMMAND_PROPERTY);
        this.thread = new Thread(() -> run(words == null ? "" : words), "anodyne-command");
        if (words != null) {
            context.registerService(Runnable.class, this::end, FrameworkUtil.asDictionary(Map.of(END_PROPERTY, true)));
            thread.start();
        }
    }

    /**
     * Ends the command while everything that it needs is still there: a session is aborted, its record sealed, and
     * dataset and report are made. Called by the launcher on a signal, before it stops the framework.
     */
    private void end() {
        stopped.countDown();
        try {
            if (endsInOrder.get()) {
                thread.join(END.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setPlatform(Platform now) {
        platform.set(now);
        ready.countDown();
    }

    void unsetPlatform(Platform gone) {
        platform.compareAndSet(gone, null);
    }

    @Deactivate
    void stop() {
        stopped.countDown();
        // The command itself stops the framework, on its own thread: that one is not waited for.
        if (Thread.currentThread() != thread) {
            thread.interrupt();
        }
    }

    private void run(String words) {
        int exit = 1;
        try {
            exit = Commands.execute(
                    words.isEmpty() ? new String[0] : words.split("\u001f", -1),
                    new Session(this::awaitPlatform, this::home, configurations, stopped, endsInOrder, context));
        } catch (RuntimeException | Error e) {
            LOG.error("The command failed", e);
            System.err.println("anodyne: " + e);
        }
        System.setProperty(EXIT_PROPERTY, Integer.toString(exit));
        try {
            awaitStarted();
            framework.stop();
        } catch (BundleException e) {
            LOG.warn("The framework did not stop by itself: {}", e.getMessage());
        } catch (IllegalStateException e) {
            LOG.debug("The framework was being stopped already", e);
        }
    }

    /** A command that ends at once must not stop bundles that are still being started: the framework complains loudly. */
    private void awaitStarted() {
        long left = starting();
        long deadline = System.nanoTime() + NO_MORE_NANOS;
        while (left > 0 && System.nanoTime() < deadline && framework.getState() == Bundle.ACTIVE) {
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            long now = starting();
            if (now != left) {
                left = now;
                deadline = System.nanoTime() + NO_MORE_NANOS;
            }
        }
    }

    /** Bundles that are not started yet; some never will be. */
    private long starting() {
        return Arrays.stream(framework.getBundleContext().getBundles())
                .filter(b -> b.getHeaders("").get("Fragment-Host") == null)
                .filter(b -> (b.getState() & (Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING)) != 0)
                .count();
    }

    private Path home() {
        String home = context.getProperty(HOME_PROPERTY);
        if (home == null) {
            throw new CommandFailure(1, "the framework property anodyne.home is not set: start with the launcher");
        }
        return Path.of(home);
    }

    private Platform awaitPlatform() {
        try {
            if (!ready.await(READY.toSeconds(), TimeUnit.SECONDS)) {
                throw new CommandFailure(
                        1, "the platform was not ready after " + READY.toSeconds() + " s.\n" + whatIsMissing());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(1, "stopped before the platform was ready");
        }
        return platform.get();
    }

    private String whatIsMissing() {
        return components.getComponentDescriptionDTOs().stream()
                .flatMap(d -> configurationsOf(d).stream())
                .filter(c -> c.state == ComponentConfigurationDTO.UNSATISFIED_REFERENCE
                        || c.state == ComponentConfigurationDTO.FAILED_ACTIVATION)
                .map(c -> "  " + c.description.name
                        + (c.failure != null
                                ? " failed: " + c.failure.lines().findFirst().orElse("")
                                : " waits for "
                                        + java.util.Arrays.stream(c.unsatisfiedReferences)
                                                .map(r -> r.name)
                                                .collect(Collectors.joining(", "))))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private Collection<ComponentConfigurationDTO> configurationsOf(
            org.osgi.service.component.runtime.dto.ComponentDescriptionDTO d) {
        return components.getComponentConfigurationDTOs(d);
    }

    /**
     * What a command can reach.
     *
     * @param stopped open once the command is asked to end
     * @param endsInOrder set while the command will end by itself when it is asked to, and has to be waited for
     */
    record Session(
            java.util.function.Supplier<Platform> platform,
            java.util.function.Supplier<Path> home,
            ConfigurationAdmin configurations,
            CountDownLatch stopped,
            AtomicBoolean endsInOrder,
            BundleContext context) {

        /** Uptime of the process in milliseconds. */
        long uptimeMillis() {
            return java.lang.management.ManagementFactory.getRuntimeMXBean().getUptime();
        }

        /** Number of bundles, for people. */
        int bundles() {
            int n = 0;
            for (org.osgi.framework.Bundle b : context.getBundles()) {
                n += b.getState() == org.osgi.framework.Bundle.ACTIVE ? 1 : 0;
            }
            return n;
        }

        /**
         * The platform with its bus connected and everything in plugins/ installed.
         *
         * @throws CommandFailure when the broker cannot be reached in time
         */
        Platform connected() throws InterruptedException {
            Platform p = platform.get();
            CountDownLatch up = new CountDownLatch(1);
            try (var listening = p.bus.onConnectivity(now -> {
                if (now) {
                    up.countDown();
                }
            })) {
                if (!up.await(READY.toSeconds(), TimeUnit.SECONDS)) {
                    throw new CommandFailure(
                            1,
                            "the bus at " + busUri() + " cannot be reached after " + READY.toSeconds()
                                    + " s: is the broker running? See etc/anodyne.json");
                }
            }
            p.registry.awaitSettled(READY);
            return p;
        }

        /** Address of the bus that this process uses. */
        String busUri() {
            try {
                for (ServiceReference<?> r : context.getServiceReferences(
                        org.osgi.service.condition.Condition.class, "(osgi.condition.id=org.anodyne.broker)")) {
                    return String.valueOf(r.getProperty("uri"));
                }
                org.osgi.service.cm.Configuration c = configurations.getConfiguration("org.anodyne.bus", "?");
                return c.getProperties() == null
                        ? ""
                        : String.valueOf(c.getProperties().get("uri"));
            } catch (org.osgi.framework.InvalidSyntaxException | java.io.IOException e) {
                throw new IllegalStateException("the address of the bus cannot be found", e);
            }
        }
    }
}
