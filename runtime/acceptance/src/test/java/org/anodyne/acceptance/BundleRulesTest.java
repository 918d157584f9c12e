package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import aQute.bnd.header.Attrs;
import aQute.bnd.header.OSGiHeader;
import aQute.bnd.header.Parameters;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The rules that hold the house together, over the jars as they are shipped. */
@Tag("beside")
class BundleRulesTest {
    /** Bundles whose packages others may import; all other bundles of ours are implementations. */
    private static final Set<String> SHELVES = Set.of(
            "org.anodyne.plugin.api",
            "org.anodyne.platform.api",
            "org.anodyne.dsp",
            "org.anodyne.formats",
            "org.anodyne.line",
            "org.anodyne.lsl",
            "org.anodyne.lwjgl",
            "org.anodyne.scenery");

    /** Shelves of graphics: what draws, and what it draws with. */
    private static final Set<String> DRAW = Set.of("org.anodyne.lwjgl", "org.anodyne.scenery");

    /** The bare loop of a benchmark must run on an untouched client, so it has one of its own. */
    private static final Set<String> KNOW_PAHO = Set.of("org.anodyne.bus.mqtt", "org.anodyne.bench");

    private record Shipped(String name, boolean plugin, Manifest manifest, Set<String> entries) {
        Parameters header(String header) {
            return OSGiHeader.parseHeader(manifest.getMainAttributes().getValue(header));
        }
    }

    private static List<Shipped> shipped() throws IOException {
        List<Shipped> all = new ArrayList<>();
        try (JarFile jar =
                new JarFile(Path.of(System.getProperty("anodyne.jar")).toFile())) {
            for (JarEntry e : jar.stream().toList()) {
                boolean plugin = e.getName().startsWith("home/plugins/");
                if (!e.getName().endsWith(".jar") || !(plugin || e.getName().startsWith("bundles/org.anodyne."))) {
                    continue;
                }
                try (InputStream in = jar.getInputStream(e);
                        JarInputStream nested = new JarInputStream(new ByteArrayInputStream(in.readAllBytes()))) {
                    Set<String> entries = new TreeSet<>();
                    for (JarEntry n = nested.getNextJarEntry(); n != null; n = nested.getNextJarEntry()) {
                        entries.add(n.getName());
                    }
                    Manifest m = nested.getManifest();
                    String name = m.getMainAttributes().getValue("Bundle-SymbolicName");
                    all.add(new Shipped(name, plugin, m, entries));
                }
            }
        }
        assertTrue(all.size() > 15, "only " + all.size() + " of our bundles are in the jar");
        return all;
    }

    @Test
    void onlyShelvesExportAndEveryExportHasAVersion() throws IOException {
        for (Shipped s : shipped()) {
            Parameters exports = s.header("Export-Package");
            assertTrue(SHELVES.contains(s.name()) || exports.isEmpty(), s.name() + " exports " + exports);
            for (var e : exports.entrySet()) {
                Attrs attributes = e.getValue();
                assertTrue(attributes.getVersion() != null, s.name() + " exports " + e.getKey() + " without a version");
            }
        }
    }

    @Test
    void noBundleImportsAnImplementationAndNoPluginThePlatform() throws IOException {
        Set<String> exported = new TreeSet<>();
        Set<String> platform = new TreeSet<>();
        for (Shipped s : shipped()) {
            exported.addAll(s.header("Export-Package").keySet());
            if (s.name().equals("org.anodyne.platform.api")) {
                platform.addAll(s.header("Export-Package").keySet());
            }
        }
        assertFalse(platform.isEmpty());
        for (Shipped s : shipped()) {
            for (String p : s.header("Import-Package").keySet()) {
                assertTrue(!p.startsWith("org.anodyne.") || exported.contains(p), s.name() + " imports " + p);
                assertFalse(s.plugin() && platform.contains(p), "the plug-in " + s.name() + " imports " + p);
            }
        }
    }

    @Test
    void theApiOfPluginsStandsAlone() throws IOException {
        for (Shipped s : shipped()) {
            if (s.name().equals("org.anodyne.plugin.api")) {
                assertEquals(
                        s.header("Export-Package").keySet(),
                        new TreeSet<>(union(s, s.header("Import-Package").keySet())));
            }
            if (SHELVES.contains(s.name())) {
                for (String p : s.header("Import-Package").keySet()) {
                    assertFalse(
                            p.startsWith("com.fasterxml")
                                    || p.startsWith("org.eclipse.paho")
                                    || p.startsWith("org.lwjgl") && !DRAW.contains(s.name()),
                            s.name() + " imports " + p);
                }
            }
        }
    }

    private static Set<String> union(Shipped s, Set<String> imports) {
        Set<String> all = new TreeSet<>(s.header("Export-Package").keySet());
        all.addAll(imports);
        return all;
    }

    @Test
    void onlyTheBusKnowsTheMqttClient() throws IOException {
        for (Shipped s : shipped()) {
            boolean knows = s.entries().stream().anyMatch(e -> e.startsWith("org/eclipse/paho/"))
                    || s.header("Import-Package").keySet().stream().anyMatch(p -> p.startsWith("org.eclipse.paho"));
            assertEquals(KNOW_PAHO.contains(s.name()), knows, s.name());
        }
    }

    @Test
    void everyPluginSaysSoInItsManifest() throws IOException {
        for (Shipped s : shipped()) {
            if (s.plugin()) {
                assertTrue(s.header("Provide-Capability").containsKey("anodyne.plugin"), s.name());
            }
        }
    }

    /** So that what ships is what the resolver has proved and what the tests in the framework start. */
    @Test
    void everyPluginThatShipsIsInTheResolvedRunList() throws IOException {
        Set<String> ships = new TreeSet<>();
        shipped().stream().filter(Shipped::plugin).map(Shipped::name).forEach(ships::add);
        Set<String> resolved = new TreeSet<>();
        Matcher bundle = Pattern.compile("(?m)^\\s(org\\.anodyne\\.plugin\\.[a-z0-9-]+);version=")
                .matcher(Files.readString(Path.of("../../bndrun/demo.bndrun")));
        while (bundle.find()) {
            resolved.add(bundle.group(1));
        }
        resolved.removeAll(Set.of("org.anodyne.plugin.api", "org.anodyne.plugin.host"));
        assertEquals(ships, resolved);
    }
}
