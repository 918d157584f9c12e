package org.anodyne.plugin.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Delay;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginInstance;
import org.anodyne.plugin.PluginPorts;
import org.junit.jupiter.api.Test;

/** What holds for every plug-in. A plug-in's first test class extends the contract of its kind, all of which extend this. */
public abstract class PluginContract {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** A new factory of the plug-in. */
    protected abstract PluginFactory factory();

    /** Parameters that differ from the schema's defaults; must hold all required ones. */
    protected Map<String, Object> parameters() {
        return Map.of();
    }

    /** A recording or device address that works, when the plug-in needs one. */
    protected Optional<String> input() {
        return Optional.empty();
    }

    /** What is connected to the input ports. */
    protected Inputs inputs() {
        return Inputs.NONE;
    }

    /** The interface that instances have to implement. */
    protected abstract Class<? extends PluginInstance> role();

    /** A fresh context with the parameters and the input above. */
    protected final FakeContext context() {
        FakeContext context = FakeContext.of(Schema.of(factory().getClass()).defaultsWith(parameters()));
        return input().map(context::with).orElse(context);
    }

    /** An instance that has been prepared. */
    protected final PluginInstance prepared(FakeContext context) throws Exception {
        PluginInstance instance = factory().create(context);
        instance.prepare(inputs(), Deadline.in(PATIENCE));
        return instance;
    }

    /** What the plug-in says that it takes and gives with the parameters above. */
    protected final PluginPorts ports() {
        return factory().ports(new Parameters(Schema.of(factory().getClass()).defaultsWith(parameters())));
    }

    @Test
    void schemaIsCompleteForEveryParameter() {
        JsonNode root = Schema.of(factory().getClass()).root();
        assertEquals(
                "https://json-schema.org/draft/2020-12/schema",
                root.path("$schema").asText());
        assertEquals("object", root.path("type").asText());
        assertTrue(root.has("additionalProperties"), "additionalProperties must be false");
        assertFalse(root.path("additionalProperties").asBoolean(true), "additionalProperties must be false");
        Set<String> required = new HashSet<>();
        root.path("required").forEach(name -> required.add(name.asText()));
        root.path("properties").properties().forEach(entry -> {
            String name = entry.getKey();
            JsonNode property = entry.getValue();
            assertFalse(property.path("description").asText().isBlank(), name + " has no description");
            assertTrue(
                    Set.of("never", "phase", "live")
                            .contains(property.path("x-change").asText()),
                    name + " has no x-change of never, phase or live");
            assertFalse(
                    required.contains(name) && property.has("default"),
                    name + " is required and yet has a default; drop one of them");
        });
    }

    @Test
    void portsDependOnNothingButTheParameters() {
        PluginPorts ports = ports();
        assertEquals(ports, ports());
        assertEquals(
                ports.features().size(),
                ports.features().stream()
                        .map(PluginPorts.FeatureInfo::name)
                        .distinct()
                        .count(),
                "two features share a name");
        ports.features()
                .forEach(feature -> assertFalse(feature.components().isEmpty(), feature.name() + " has no component"));
    }

    @Test
    void theParametersThatTheTestsUseGoTogether() throws PluginException {
        factory().check(new Parameters(Schema.of(factory().getClass()).defaultsWith(parameters())));
    }

    @Test
    void statedDelaysAreOfWhatThePluginGives() {
        Parameters parameters = new Parameters(Schema.of(factory().getClass()).defaultsWith(parameters()));
        List<Delay> delays = factory().delays(parameters, inputs());
        assertEquals(delays, factory().delays(parameters, inputs()));
        factory().delays(parameters, Inputs.NONE); // rates need not be known
        PluginPorts ports = ports();
        Set<String> given = new HashSet<>(ports.streams());
        ports.features().forEach(f -> given.add(f.name()));
        ports.actions().forEach(a -> given.add(a.name()));
        factory().streams(parameters).forEach(s -> given.add(s.name()));
        for (Delay delay : delays) {
            assertTrue(
                    delay.output().isEmpty() || given.contains(delay.output()),
                    "a delay is stated of '" + delay.output() + "', which the plug-in does not give");
        }
    }

    @Test
    void creatingDoesNothing() {
        Set<Thread> before = threads();
        FakeContext context = context();
        PluginInstance instance = factory().create(context);
        assertTrue(role().isInstance(instance), "an instance must implement " + role().getName());
        assertEquals(List.of(), context.published().bits(), "published before start");
        assertEquals(Set.of(), startedSince(before), "threads were started by create");
        instance.close();
    }

    @Test
    void closeIsIdempotentFromEveryState() throws Exception {
        Set<Thread> before = threads();
        PluginInstance created = factory().create(context());
        created.close();
        created.close();
        PluginInstance prepared = prepared(context());
        prepared.close();
        prepared.close();
        PluginInstance started = prepared(context());
        started.start();
        started.close();
        started.close();
        assertNoThreadsSince(before);
    }

    @Test
    void nothingIsPublishedBeforeStart() throws Exception {
        FakeContext context = context();
        PluginInstance instance = prepared(context);
        context.lane().advanceTo(Duration.ofSeconds(1).toNanos());
        assertEquals(List.of(), context.published().bits());
        instance.close();
    }

    @Test
    void bundleDeclaresThePluginAndExportsNothing() throws IOException {
        URI place = URI.create(
                factory().getClass().getProtectionDomain().getCodeSource().getLocation() + "META-INF/MANIFEST.MF");
        Manifest manifest;
        try (InputStream in = Files.newInputStream(Path.of(place))) {
            manifest = new Manifest(in);
        }
        String provided = manifest.getMainAttributes().getValue("Provide-Capability");
        assertNotNull(provided, "the bundle provides no capability; annotate its factory with @ProvidesPlugin");
        assertTrue(provided.contains("anodyne.plugin;"), "no capability anodyne.plugin in: " + provided);
        String exported = manifest.getMainAttributes().getValue("Export-Package");
        assertTrue(exported == null, "a plug-in exports nothing, but this one exports " + exported);
        String imported = manifest.getMainAttributes().getValue("Import-Package");
        for (String platform :
                List.of("org.anodyne.bus", "org.anodyne.session", "org.anodyne.record", "org.anodyne.host")) {
            assertFalse(
                    imported != null && Stream.of(imported.split(",")).anyMatch(i -> i.startsWith(platform)),
                    "a plug-in must not import " + platform);
        }
    }

    /** All threads alive now. */
    protected static Set<Thread> threads() {
        return new HashSet<>(Thread.getAllStackTraces().keySet());
    }

    /** Fails when a thread that was started since is still alive after a deadline. */
    protected static void assertNoThreadsSince(Set<Thread> before) throws InterruptedException {
        Deadline deadline = Deadline.in(PATIENCE);
        for (Thread thread : startedSince(before)) {
            thread.join(Math.max(1, deadline.left().toMillis()));
        }
        assertEquals(Set.of(), startedSince(before), "threads are left after close");
    }

    private static Set<Thread> startedSince(Set<Thread> before) {
        Set<Thread> now = threads();
        now.removeAll(before);
        now.removeIf(thread -> !thread.isAlive()
                || thread.getThreadGroup() == null
                || thread.getThreadGroup().getParent() == null);
        return now;
    }
}
