package org.anodyne.runtime;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.launch.Framework;
import org.osgi.framework.wiring.BundleRevision;

/** The framework with the platform's bundles in it. Thread: {@link #stop} from any, the rest from one. */
final class Platform {
    /** System property in which a command leaves the exit code before it stops the framework. */
    static final String EXIT = "anodyne.exit";
    /** Separates the words of the command line in the framework property {@code anodyne.command}. */
    static final String SEPARATOR = "\u001f";
    /** The service by which a command ends in order. */
    private static final String COMMAND_END = "(anodyne.end=true)";
    /** After it the process ends whatever is still running. */
    private static final long STOP_SECONDS = 20;

    private final Framework framework;

    private final Folders folders;
    private volatile boolean stopping;

    Platform(Arguments arguments, Folders folders, Path jar) {
        this(arguments, folders, jar, Map.of());
    }

    /** @param more framework properties that go before those that hold otherwise */
    Platform(Arguments arguments, Folders folders, Path jar, Map<String, String> more) {
        this.folders = folders;
        Map<String, String> properties = properties(arguments, folders, jar);
        properties.putAll(more);
        this.framework = new FrameworkFactory().newFramework(properties);
    }

    /**
     * Starts the framework and every bundle.
     *
     * @throws LaunchException when the framework cannot start; a bundle that cannot is reported on standard error
     */
    void start(List<Path> bundles) {
        try {
            framework.init();
            BundleContext context = framework.getBundleContext();
            List<Bundle> installed = new ArrayList<>();
            for (Path bundle : bundles) {
                installed.add(context.installBundle("reference:" + bundle.toUri()));
            }
            framework.start();
            for (Bundle bundle : installed) {
                startOne(bundle);
            }
        } catch (BundleException | IllegalStateException e) {
            if (stopping) {
                return;
            }
            String reason = e.getMessage()
                    + (e.getCause() == null ? "" : ": " + e.getCause().getMessage());
            throw new LaunchException(
                    "The framework did not start with its storage in '" + folders.var() + "': " + reason
                            + ". If another platform runs from this home, stop it or choose another --home.",
                    e);
        }
    }

    private void startOne(Bundle bundle) {
        boolean fragment = (bundle.adapt(BundleRevision.class).getTypes() & BundleRevision.TYPE_FRAGMENT) != 0;
        try {
            if (!fragment) {
                bundle.start(Bundle.START_ACTIVATION_POLICY);
            }
        } catch (BundleException | IllegalStateException e) {
            // A command that ends at once, or a signal, may stop the framework while its last bundles still start.
            if (bundle.getState() != Bundle.UNINSTALLED && System.getProperty(EXIT) == null && !stopping) {
                System.err.println(
                        "anodyne: the bundle " + bundle.getSymbolicName() + " did not start: " + e.getMessage());
            }
        }
    }

    private static Map<String, String> properties(Arguments arguments, Folders folders, Path jar) {
        Map<String, String> p = new HashMap<>();
        p.put(Constants.FRAMEWORK_STORAGE, folders.var().resolve("framework").toString());
        p.put(Constants.FRAMEWORK_STORAGE_CLEAN, Constants.FRAMEWORK_STORAGE_CLEAN_ONFIRSTINIT);
        // Two versions of a plug-in live beside each other while one replaces the other.
        p.put(Constants.FRAMEWORK_BSNVERSION, Constants.FRAMEWORK_BSNVERSION_MULTIPLE);
        p.put("felix.log.level", "1");
        p.put("anodyne.jar", jar.toString());
        p.put("anodyne.home", folders.home().toString());
        p.put("anodyne.var", folders.var().toString());
        p.put("anodyne.command", String.join(SEPARATOR, arguments.words()));
        p.put("gosh.args", "--noshutdown");
        // Most commands serve no pages; the console switches the web server on, and on this machine only unless told
        // otherwise.
        p.put("org.apache.felix.http.enable", "false");
        p.put("org.apache.felix.http.host", "127.0.0.1");
        Path settings = folders.home().resolve("etc").resolve("anodyne.json");
        if (Files.isRegularFile(settings)) {
            p.put("configurator.initial", settings.toUri().toString());
        }
        return p;
    }

    /** Waits until somebody stops the framework. */
    void awaitStop() throws InterruptedException {
        framework.waitForStop(0);
    }

    /** Lets the command end while all plug-ins are there, then stops the framework; that takes at most 20 s. */
    void stop() {
        stopping = true;
        endCommand();
        try {
            framework.stop();
            framework.waitForStop(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
        } catch (BundleException e) {
            System.err.println("anodyne: the framework did not stop cleanly: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void endCommand() {
        try {
            BundleContext context = framework.getBundleContext();
            if (context == null) {
                return; // it has stopped already
            }
            for (ServiceReference<Runnable> end : context.getServiceReferences(Runnable.class, COMMAND_END)) {
                Runnable now = context.getService(end);
                if (now != null) {
                    now.run();
                }
            }
        } catch (IllegalStateException e) {
            // It is being stopped by the command itself: there is nothing left to end.
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
