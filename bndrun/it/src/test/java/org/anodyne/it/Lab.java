package org.anodyne.it;

import static org.junit.Assert.assertEquals;
import static org.junit.Assert.assertTrue;
import static org.ops4j.pax.exam.CoreOptions.bundle;
import static org.ops4j.pax.exam.CoreOptions.composite;
import static org.ops4j.pax.exam.CoreOptions.frameworkProperty;
import static org.ops4j.pax.exam.CoreOptions.junitBundles;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anodyne.bus.MessageBus;
import org.anodyne.bus.Payload;
import org.anodyne.host.InstalledPlugin;
import org.anodyne.host.PluginRegistry;
import org.anodyne.plugin.Acknowledgement;
import org.anodyne.record.RecordReader;
import org.anodyne.session.SessionEngine;
import org.anodyne.session.SessionEngine.RunningSession;
import org.anodyne.session.SessionEngine.SessionState;
import org.ops4j.pax.exam.Option;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;

/**
 * The platform as it ships, in a framework within the test's process: outside of it {@link #options} says what goes in,
 * inside an instance gives the services, the {@code plugins/} folder and sessions to a test.
 */
final class Lab {
    /** For whatever ought to happen at once, on a machine that is busy. */
    static final Duration SOON = Duration.ofSeconds(30);

    /** What logs, and what the Configurator needs to read the settings: started before the rest, as the launcher does. */
    private static final List<String> FIRST = List.of(
            "slf4j-api",
            "logback-",
            "org.apache.aries.spifly",
            "asm-",
            "org.osgi.",
            "jakarta.json",
            "parsson",
            "org.apache.felix.cm",
            "org.apache.felix.configadmin");
    /** For a session to end. */
    private static final Duration LONG = Duration.ofSeconds(90);

    private static final int FIRST_LEVEL = 1;
    /** A capability {@code anodyne.plugin}, as bnd writes it. */
    private static final Pattern PROVIDED = Pattern.compile("anodyne\\.plugin;id=\"?([a-z0-9-]+)");

    private static final long LOOK_AGAIN_NANOS = 5_000_000;

    private final BundleContext context;
    private final Path home;
    /** Records by session. */
    private final Map<String, Path> folders = new HashMap<>();

    /** Waits until the platform can run a session. */
    Lab(BundleContext context) throws InterruptedException {
        this.context = context;
        this.home = Path.of(context.getProperty("anodyne.home"));
        MessageBus bus = service(MessageBus.class);
        await("the bus is connected", bus::connected);
        service(SessionEngine.class);
        await("all plug-ins of the folder are available", () -> plugIns().size() >= 8);
        registry().awaitSettled(SOON);
    }

    // --- outside of the framework

    /** The exported bundles of a lab, our plug-ins in a new {@code plugins/} folder, the settings that ship. */
    static Option[] options() {
        try {
            Path export = Path.of(System.getProperty("anodyne.export")).toRealPath();
            Path work = Files.createDirectories(Path.of(System.getProperty("anodyne.work")));
            Path home = Files.createTempDirectory(work.toRealPath(), "home-");
            Path plugins = Files.createDirectories(home.resolve("plugins"));
            for (Path jar : jars(export.resolve("demo"))) {
                String name = jar.getFileName().toString();
                if (name.startsWith("org.anodyne.plugin.")
                        && !name.startsWith("org.anodyne.plugin.api")
                        && !name.startsWith("org.anodyne.plugin.host")) {
                    Files.copy(jar, plugins.resolve(plainName(name) + ".jar"));
                }
            }
            Path settings = Files.copy(Path.of(System.getProperty("anodyne.settings")), home.resolve("anodyne.json"));
            List<Option> bundles = new ArrayList<>();
            for (Path jar : jars(export.resolve("lab"))) {
                boolean first = FIRST.stream().anyMatch(jar.getFileName().toString()::startsWith);
                var option = bundle("reference:" + jar.toUri());
                option = first ? option.startLevel(FIRST_LEVEL) : option;
                bundles.add(isFragment(jar) ? option.noStart() : option);
            }
            return new Option[] {
                composite(bundles.toArray(Option[]::new)),
                frameworkProperty("org.osgi.framework.bsnversion").value("multiple"),
                frameworkProperty("anodyne.home").value(home.toString()),
                frameworkProperty("anodyne.var").value(home.resolve("var").toString()),
                frameworkProperty("anodyne.lab").value(export.resolve("lab").toString()),
                frameworkProperty("configurator.initial").value(settings.toUri().toString()),
                junitBundles()
            };
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("the exported run descriptors are not there: build bndrun first", e);
        }
    }

    private static boolean isFragment(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue("Fragment-Host") != null;
        }
    }

    private static List<Path> jars(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jar")).sorted().toList();
        }
    }

    private static String plainName(String jar) {
        return jar.substring("org.anodyne.plugin.".length(), jar.indexOf("-0.")).trim();
    }

    // --- inside

    BundleContext context() {
        return context;
    }

    /** A service, which is waited for. */
    <T> T service(Class<T> type) {
        return awaited("a service " + type.getSimpleName(), () -> {
            ServiceReference<T> reference = context.getServiceReference(type);
            return reference == null ? null : context.getService(reference);
        });
    }

    PluginRegistry registry() {
        return service(PluginRegistry.class);
    }

    SessionEngine engine() {
        return service(SessionEngine.class);
    }

    /** The bundles of a symbolic name, oldest version first. */
    List<Bundle> bundles(String symbolicName) {
        return Arrays.stream(context.getBundles())
                .filter(b -> symbolicName.equals(b.getSymbolicName()))
                .sorted(java.util.Comparator.comparing(Bundle::getVersion))
                .toList();
    }

    Bundle bundleOf(String symbolicName) {
        List<Bundle> all = bundles(symbolicName);
        return all.get(all.size() - 1);
    }

    /** Ids of what our folder provides and is available. */
    List<String> plugIns() {
        return registry().plugins().stream()
                .filter(p -> p.state() == InstalledPlugin.State.AVAILABLE)
                .filter(p -> p.bundle().startsWith("org.anodyne.plugin."))
                .map(InstalledPlugin::id)
                .filter(id -> !id.equals("external"))
                .sorted()
                .toList();
    }

    /** Ids that the jars of our folder say they provide, each in its manifest. */
    List<String> shipped() throws IOException {
        List<String> ids = new ArrayList<>();
        for (Path jar : jars(plugins())) {
            try (JarFile file = new JarFile(jar.toFile())) {
                String provides = file.getManifest().getMainAttributes().getValue(Constants.PROVIDE_CAPABILITY);
                Matcher id = PROVIDED.matcher(provides);
                while (id.find()) {
                    ids.add(id.group(1));
                }
            }
        }
        ids.sort(null);
        return ids;
    }

    /** Holds the watched folder, and in {@code var/} what the platform keeps. */
    Path home() {
        return home;
    }

    /** The watched folder. */
    Path plugins() {
        return home.resolve("plugins");
    }

    /** A jar of the plug-ins folder, e.g. {@code band-power}. */
    Path plugin(String name) {
        return plugins().resolve(name + ".jar");
    }

    /** The jar of a bundle of the platform. */
    Path platformJar(String symbolicName) throws IOException {
        return jars(Path.of(context.getProperty("anodyne.lab"))).stream()
                .filter(j -> j.getFileName().toString().startsWith(symbolicName + "-"))
                .findFirst()
                .orElseThrow();
    }

    /** A new folder for output or jars that are made. */
    Path folder(String name) throws IOException {
        return Files.createTempDirectory(home, name);
    }

    /** Puts a jar into the watched folder, whole from the first moment. */
    Path drop(Path jar, String name) throws IOException {
        return Files.move(jar, plugins().resolve(name), java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Eight channels at 250 Hz, their alpha band, a trigger that fires twice a second, and an actuator that
     * counts.
     */
    Path closedLoop(int seconds) throws IOException {
        return Files.writeString(folder("protocol").resolve("loop.yaml"), """
                anodyne: 1
                id: loop
                title: Closed loop
                seed: 7
                slots:
                  eeg: {plugin: synthetic, parameters: {channels: 8, rate: 250 Hz, episode: 3 s}}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {window: 1 s}}
                  loop: {plugin: closed-loop, inputs: {features: [alpha/relative]}}
                  act: {plugin: bench-actuator, afterLoss: {rearm: automatic, healthyFor: 1 s}}
                phases:
                  - id: only
                    duration: %d s
                    slots: [eeg, alpha, loop, act]
                    triggers:
                      - {id: low, slot: loop, feature: alpha/relative, below: 0.95, refractory: 500 ms, do: {slot: act, action: count}}
                """.formatted(seconds));
    }

    /** A signal and its features, nothing that acts: there is no lease that a busy machine could let lapse. */
    Path listening(int seconds) throws IOException {
        return Files.writeString(folder("protocol").resolve("listening.yaml"), """
                anodyne: 1
                id: listening
                title: A signal and its features
                seed: 7
                slots:
                  eeg: {plugin: synthetic, parameters: {channels: 8, rate: 250 Hz, episode: 3 s}}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {window: 1 s}}
                phases:
                  - {id: only, duration: %d s, slots: [eeg, alpha]}
                """.formatted(seconds));
    }

    /** A block of two phases in which a frozen decoder over two signals fires whenever it may. */
    Path decoder(int seconds) throws Exception {
        Path folder = folder("protocol");
        String model = """
                {"format": "anodyne-decoder", "version": 1, "participant": "P01", "simulated": false,
                 "features": [
                  {"name": "alpha/relative", "unit": "1", "mean": 0.5, "standardDeviation": 0.2, "weight": -0.5},
                  {"name": "scr/phasic", "unit": "uS", "mean": 0.1, "standardDeviation": 0.1, "weight": 0.5}],
                 "intercept": 3, "lag": 2, "maximumAge": 5, "slots": {},
                 "crossValidated": {"step": 1, "period": [], "seconds": [], "high": [], "logit": []}}
                """;
        Files.writeString(folder.resolve("model.json"), model);
        String sha256 = java.util.HexFormat.of()
                .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                        .digest(model.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        return Files.writeString(folder.resolve("decoder.yaml"), """
                anodyne: 1
                id: decoder
                title: A frozen decoder
                seed: 7
                slots:
                  body: {plugin: synthetic, parameters: {kind: participant, episode: 3 s}}
                  alpha: {plugin: band-power, inputs: {samples: body/eeg}, parameters: {window: 1 s}}
                  scr: {plugin: skin-conductance, inputs: {samples: body/eda}}
                  pain:
                    plugin: pain-state
                    inputs: {features: [alpha/relative, scr/phasic]}
                    parameters: {lag: 2 s, model: {file: model.json, sha256: %s}}
                  loop: {plugin: closed-loop, inputs: {features: [pain/probability]}}
                  act: {plugin: bench-actuator, afterLoss: {rearm: automatic, healthyFor: 1 s}}
                phases:
                  - block:
                      repeat: 2
                      phases:
                        - id: training
                          duration: %d s
                          slots: [body, alpha, scr, pain, loop, act]
                          triggers:
                            - {id: high, slot: loop, feature: pain/probability, above: 0.01, refractory: 300 ms, do: {slot: act, action: count}}
                """.formatted(sha256, seconds / 2));
    }

    /** A session with a plug-in of each kind. */
    Path everything(int seconds) throws IOException {
        return Files.writeString(folder("protocol").resolve("everything.yaml"), """
                anodyne: 1
                id: everything
                title: A plug-in of each kind
                seed: 7
                slots:
                  eeg: {plugin: synthetic, parameters: {channels: 8, rate: 250 Hz, episode: 3 s}}
                  eda: {plugin: synthetic, parameters: {kind: eda, episode: 3 s}}
                  alpha: {plugin: band-power, inputs: {samples: eeg}, parameters: {window: 1 s}}
                  scr: {plugin: skin-conductance, inputs: {samples: eda}}
                  pain:
                    plugin: pain-state
                    inputs: {features: [alpha/relative, scr/phasic]}
                    parameters: {weights: {alpha/relative: -0.4, scr/phasic: 0.4}, intercept: -1}
                  loop: {plugin: closed-loop, inputs: {features: [alpha/relative]}}
                  act: {plugin: bench-actuator}
                  nrs: {plugin: ratings}
                phases:
                  - id: only
                    duration: %d s
                    slots: [eeg, eda, alpha, scr, pain, loop, act, nrs]
                    triggers:
                      - {id: low, slot: loop, feature: alpha/relative, below: 0.95, refractory: 500 ms, do: {slot: act, action: count}}
                """.formatted(seconds));
    }

    RunningSession start(Path protocol, double speed) throws IOException {
        Path out = folder("session");
        RunningSession session = engine().start(new SessionEngine.Request(protocol, "P01", Map.of(), speed, out));
        folders.put(session.id(), out.resolve("record"));
        return session;
    }

    /** Starts in real time and returns when it has run for a while. */
    RunningSession started(Path protocol, Duration elapsed) throws IOException {
        RunningSession session = start(protocol, 1);
        awaitElapsed(session, elapsed);
        return session;
    }

    /** Waits for session time; fails when the session does not get there. */
    static void awaitElapsed(RunningSession session, Duration elapsed) {
        await("the session has run for " + elapsed.toMillis() + " ms", () -> {
            SessionState state = session.state();
            if (state == SessionState.ABORTED || state == SessionState.COMPLETED) {
                throw new AssertionError("the session is " + state + " before it had run for " + elapsed);
            }
            return state == SessionState.RUNNING && session.progress().elapsed().compareTo(elapsed) >= 0;
        });
    }

    /** Waits for the end, however it comes. */
    SessionEngine.Result resultOf(RunningSession session) throws InterruptedException {
        SessionEngine.Result result = session.await(LONG);
        assertTrue(
                "the session does not end: " + result,
                result.state() == SessionState.COMPLETED || result.state() == SessionState.ABORTED);
        return result;
    }

    /** Waits for a session that ought to complete. */
    SessionEngine.Result result(RunningSession session) throws InterruptedException {
        SessionEngine.Result result = resultOf(session);
        assertEquals(result.toString(), SessionState.COMPLETED, result.state());
        return result;
    }

    /** Waits for a session that ought to complete without a problem, and reads its record. */
    Recorded completed(RunningSession session) throws InterruptedException {
        SessionEngine.Result result = result(session);
        assertEquals(List.of(), problems(result));
        return record(result);
    }

    /**
     * The problems of a session but for heartbeats that came late: on a busy machine they do, an actuator is made safe as it
     * should be, and the protocol arms it again.
     */
    static List<String> problems(SessionEngine.Result result) {
        return result.problems().stream()
                .filter(p -> !p.contains("or this computer is too busy"))
                .toList();
    }

    /** Waits until the actuator of the session has executed one more command. */
    void awaitExecution(RunningSession session) throws Exception {
        AtomicLong executed = new AtomicLong();
        try (MessageBus.Subscription answers = executions(executed)) {
            await("a command is executed", () -> executed.get() > 0);
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + "; the session is at " + session.progress(), e);
        }
    }

    /** Counts the commands that are executed from now on. */
    MessageBus.Subscription executions(AtomicLong executed) throws Exception {
        return service(MessageBus.class)
                .subscribe("anodyne/1/+/+/ack/#", m -> {
                    if (m.payload() instanceof Payload.Reply r
                            && r.acknowledgement().outcome() == Acknowledgement.Outcome.EXECUTED) {
                        executed.incrementAndGet();
                    }
                })
                .toCompletableFuture()
                .get(SOON.toSeconds(), TimeUnit.SECONDS);
    }

    /** A segment of a session's record. */
    Path segment(RunningSession session, int number) {
        return folders.get(session.id()).resolve("segment-00" + number + ".xdf");
    }

    /** Stops the bundle of a plug-in, and waits until the session has noticed. */
    void stopAndLose(RunningSession session, String plugin, String slot) throws BundleException {
        bundleOf("org.anodyne.plugin." + plugin).stop();
        await(
                "the loss of " + slot + " is noticed",
                () -> session.progress().note().contains("'" + slot + "'"));
    }

    /** Ends a session that a test has left, and starts every bundle that it has stopped. */
    static void restore(BundleContext context) throws BundleException, InterruptedException {
        ServiceReference<SessionEngine> engine = context.getServiceReference(SessionEngine.class);
        if (engine != null) {
            Optional<RunningSession> left = context.getService(engine).current();
            if (left.isPresent()) {
                left.get().abort("the test is over");
                left.get().await(LONG);
            }
        }
        for (Bundle b : context.getBundles()) {
            if (b.getState() == Bundle.RESOLVED && b.getHeaders().get(Constants.FRAGMENT_HOST) == null) {
                b.start();
            }
        }
    }

    Recorded record(SessionEngine.Result result) {
        return new Recorded(service(RecordReader.class).open(result.record()));
    }

    /** Waits until something is so; fails when it is not in time. */
    static void await(String what, BooleanSupplier condition) {
        awaited(what, () -> condition.getAsBoolean() ? Boolean.TRUE : null);
    }

    /** Waits until something is there. */
    static <T> T awaited(String what, Supplier<T> source) {
        long deadline = System.nanoTime() + SOON.toNanos();
        while (true) {
            Optional<T> value = Optional.ofNullable(source.get());
            if (value.isPresent()) {
                return value.get();
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + SOON.toSeconds() + " s: " + what);
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
