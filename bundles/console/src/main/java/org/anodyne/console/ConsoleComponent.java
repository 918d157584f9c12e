package org.anodyne.console;

import jakarta.servlet.Servlet;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.anodyne.bus.LiveGate;
import org.anodyne.bus.MessageBus;
import org.anodyne.console.account.Accounts;
import org.anodyne.console.account.Browsers;
import org.anodyne.console.account.JoinCodes;
import org.anodyne.console.account.Throttle;
import org.anodyne.console.http.ApiServlet;
import org.anodyne.console.http.EntryServlet;
import org.anodyne.console.http.PagesServlet;
import org.anodyne.console.http.Site;
import org.anodyne.console.live.LiveAdmission;
import org.anodyne.console.store.Audit;
import org.anodyne.console.store.Store;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SafetyDesk;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.RecordReader;
import org.anodyne.session.SessionEngine;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.condition.Condition;
import org.osgi.service.metatype.annotations.Designate;

/**
 * Serves the pages once it is switched on, and says where by a Condition service {@code osgi.condition.id=org.anodyne.console}
 * with {@code url} and, while nobody can manage accounts and others than this machine are served, {@code setup} (the code that
 * the first administrator has to know).
 */
@Component(
        service = {},
        immediate = true,
        configurationPid = ConsoleComponent.PID)
@Designate(ocd = ConsoleConfiguration.class)
public final class ConsoleComponent {
    static final String PID = "org.anodyne.console";
    private static final String WEB_SERVER = "org.apache.felix.http";

    private final List<ServiceRegistration<?>> registered = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private Configuration server;

    @Activate
    public ConsoleComponent(
            BundleContext context,
            ConsoleConfiguration settings,
            @Reference MessageBus bus,
            @Reference SessionEngine engine,
            @Reference PluginRegistry plugins,
            @Reference SafetyDesk safety,
            @Reference RecordReader records,
            @Reference DatasetExporter exporter,
            @Reference ConfigurationAdmin configurations,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, policyOption = ReferencePolicyOption.GREEDY)
                    LiveGate gate)
            throws IOException {
        if (!settings.enabled()) {
            return;
        }
        boolean loopback = InetAddress.getByName(settings.host()).isLoopbackAddress();
        int port = free(settings.host(), settings.port());
        Path folder = Path.of(settings.folder());
        Optional<LiveGate.Tls> tls = settings.keystore().isEmpty()
                ? Optional.empty()
                : Optional.of(new LiveGate.Tls(Path.of(settings.keystore()), settings._keystorePassword()));
        if (tls.isPresent()) {
            opens(tls.get());
        }
        try {
            Store store = keep(new Store(folder.resolve("console.db")));
            Audit audit = new Audit(store);
            Accounts accounts = new Accounts(store);
            AtomicReference<Consumer<String>> gone = new AtomicReference<>(id -> {});
            Browsers browsers = new Browsers(store, id -> gone.get().accept(id));
            LiveAdmission admission = new LiveAdmission(bus.site(), browsers::holds);
            Optional<LiveGate.Door> door = Optional.ofNullable(gate)
                    .map(g -> keep(g.open(settings.host(), settings.live_port(), tls, admission)));
            gone.set(id -> {
                admission.withdraw(id);
                door.ifPresent(d -> d.drop(id));
            });
            everyMinute(browsers::shutOutLate);
            JoinCodes codes = new JoinCodes(store);
            Site site = new Site(loopback, door.map(LiveGate.Door::port).orElse(0));
            String setup = loopback ? "" : Browsers.secret(9);
            Desks desks = keep(new Desks(
                    new Desks.Platform(context, bus, engine, plugins, safety, records, exporter),
                    new Desks.Places(
                            folder,
                            Path.of(settings.examples()),
                            Path.of(settings.simulators()),
                            Path.of(settings.plugins())),
                    new Desks.People(store, audit, accounts, browsers, codes, admission, door)));
            serve(context, "api", "/api/*", new ApiServlet(desks.routes(), browsers, site));
            serve(
                    context,
                    "entry",
                    "/entry/*",
                    new EntryServlet(accounts, browsers, codes, new Throttle(System::nanoTime), audit, site, setup));
            serve(context, "pages", "/", new PagesServlet(site));
            server = configurations.getConfiguration(WEB_SERVER, "?");
            server.update(webServer(settings, port, tls));
            String url = (tls.isPresent() ? "https" : "http") + "://" + (loopback ? "localhost" : settings.host()) + ":"
                    + port;
            Hashtable<String, Object> facts = new Hashtable<>(Map.of(Condition.CONDITION_ID, PID, "url", url));
            facts.put("setup", accounts.none() ? setup : "");
            registered.add(context.registerService(Condition.class, Condition.INSTANCE, facts));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    private static Hashtable<String, Object> webServer(
            ConsoleConfiguration settings, int port, Optional<LiveGate.Tls> tls) {
        Hashtable<String, Object> s = new Hashtable<>();
        s.put("org.apache.felix.http.host", settings.host());
        s.put("org.apache.felix.http.enable", tls.isEmpty());
        s.put("org.osgi.service.http.port", port);
        s.put("org.apache.felix.https.enable", tls.isPresent());
        tls.ifPresent(t -> {
            s.put("org.osgi.service.http.port.secure", port);
            s.put(
                    "org.apache.felix.https.keystore",
                    t.keystore().toAbsolutePath().toString());
            s.put("org.apache.felix.https.keystore.password", t.password());
            s.put("org.apache.felix.https.keystore.key.password", t.password());
        });
        s.put("org.apache.felix.jetty.gziphandler.enable", true);
        s.put("org.apache.felix.http.jetty.sendServerHeader", false);
        return s;
    }

    /** Rights on the bus are looked at when something is subscribed; whose time is over is cut off besides. */
    private void everyMinute(Runnable task) {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(r -> {
            Thread thread = new Thread(r, "console-clock");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleWithFixedDelay(task, 1, 1, TimeUnit.MINUTES);
        keep((AutoCloseable) clock::shutdownNow);
    }

    /** The web server would only say in its log that it could not. */
    private static void opens(LiveGate.Tls tls) throws IOException {
        try {
            KeyStore.getInstance(tls.keystore().toFile(), tls.password().toCharArray());
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new IOException("the keystore " + tls.keystore() + " cannot be opened: " + e.getMessage()
                    + "; see 'keystore' and '.keystorePassword' of org.anodyne.console in etc/anodyne.json");
        }
    }

    private static int free(String host, int port) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(host, port));
            return probe.getLocalPort();
        } catch (java.net.BindException e) {
            throw new IOException("port " + port + " of " + host + " is in use by another program; choose another with"
                    + " --port, or --port 0 for any free one");
        }
    }

    private void serve(BundleContext context, String name, String pattern, Servlet servlet) {
        Hashtable<String, Object> p = new Hashtable<>();
        p.put("osgi.http.whiteboard.servlet.name", "anodyne-" + name);
        p.put("osgi.http.whiteboard.servlet.pattern", new String[] {pattern});
        registered.add(context.registerService(Servlet.class, servlet, p));
    }

    private <T extends AutoCloseable> T keep(T one) {
        opened.add(0, one);
        return one;
    }

    @Deactivate
    void close() {
        registered.forEach(r -> {
            try {
                r.unregister();
            } catch (IllegalStateException e) {
                // The framework has done it.
            }
        });
        registered.clear();
        try {
            if (server != null) {
                server.delete();
                server = null;
            }
        } catch (IOException | IllegalStateException e) {
            org.slf4j.LoggerFactory.getLogger(ConsoleComponent.class).debug("The web server's settings remain", e);
        }
        for (AutoCloseable one : opened) {
            try {
                one.close();
            } catch (Exception e) {
                org.slf4j.LoggerFactory.getLogger(ConsoleComponent.class).warn("Not closed cleanly: {}", e.toString());
            }
        }
        opened.clear();
    }
}
