package org.anodyne.plugin.tck.kit;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.lang.reflect.Constructor;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.plugin.PluginFactory;

/**
 * A built plug-in jar, loaded as the framework does: by a class loader of its own, its factory as its component description names
 * it. What it imports must be on the kit's class path.
 */
public final class JarAdapter implements AutoCloseable {
    private static final Pattern ID = Pattern.compile("anodyne\\.plugin;[^,]*?\\bid(?::String)?=\"?([a-z0-9-]+)");
    private static final Pattern CLASS = Pattern.compile("implementation\\s+class=\"([^\"]+)\"");
    private static final Pattern FACTORY =
            Pattern.compile("provide\\s+interface=\"org\\.anodyne\\.plugin\\.PluginFactory\"");
    private static final List<String> PLATFORM =
            List.of("org.anodyne.bus", "org.anodyne.session", "org.anodyne.record", "org.anodyne.host");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.USE_LONG_FOR_INTS);

    private final Attributes manifest;
    private final String id;
    private final JsonNode schema;
    private URLClassLoader loader;
    private PluginFactory factory;

    /**
     * Reads and loads it.
     *
     * @throws Check.Broken when it is no plug-in; the message says what is missing
     */
    public JarAdapter(Path jar) throws IOException, Check.Broken {
        String component = "";
        try (JarFile file = new JarFile(jar.toFile())) {
            Check.require(file.getManifest() != null, jar + " has no manifest; build it with bnd-maven-plugin");
            manifest = file.getManifest().getMainAttributes();
            String provided = String.valueOf(manifest.getValue("Provide-Capability"));
            Matcher named = ID.matcher(provided);
            Check.require(named.find(), jar + " declares no plug-in: annotate its factory with @ProvidesPlugin");
            id = named.group(1);
            for (JarEntry entry : Collections.list(file.entries())) {
                if (entry.getName().matches("OSGI-INF/[^/]+\\.xml")) {
                    try (InputStream in = file.getInputStream(entry)) {
                        String xml = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
                        Matcher implementation = CLASS.matcher(xml);
                        if (FACTORY.matcher(xml).find() && implementation.find()) {
                            component = implementation.group(1);
                        }
                    }
                }
            }
            Check.require(
                    !component.isEmpty(),
                    jar + " has no component that is a PluginFactory; annotate it with @Component");
            JarEntry parameters = file.getJarEntry("parameters.schema.json");
            Check.require(parameters != null, jar + " has no parameters.schema.json");
            try (InputStream in = file.getInputStream(parameters)) {
                schema = JSON.readTree(in);
            }
        }
        loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, JarAdapter.class.getClassLoader());
        try {
            factory = (PluginFactory) make(loader.loadClass(component));
        } catch (ReflectiveOperationException | LinkageError e) {
            loader.close();
            throw new Check.Broken("the factory " + component + " cannot be made: " + e, e);
        }
    }

    /** A component with its settings at their defaults. */
    static Object make(Class<?> type) throws ReflectiveOperationException {
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 0) {
                return constructor.newInstance();
            }
        }
        for (Constructor<?> constructor : type.getConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0].isAnnotation()) {
                return constructor.newInstance(defaults(constructor.getParameterTypes()[0]));
            }
        }
        throw new NoSuchMethodException(
                "it has neither a constructor without parameters nor one with its settings alone");
    }

    private static Object defaults(Class<?> settings) {
        return Proxy.newProxyInstance(
                settings.getClassLoader(),
                new Class<?>[] {settings},
                (proxy, method, arguments) -> method.getDefaultValue());
    }

    /** The plug-in's id. */
    public String id() {
        return id;
    }

    /** Version of the bundle. */
    public String version() {
        return String.valueOf(manifest.getValue("Bundle-Version"));
    }

    /** The factory. */
    public PluginFactory factory() {
        return factory;
    }

    /** The schema's defaults with some values replaced. */
    public Map<String, Object> parameters(Map<String, Object> values) {
        Map<String, Object> all = new LinkedHashMap<>();
        schema.path("properties").properties().forEach(property -> {
            if (property.getValue().has("default")) {
                all.put(property.getKey(), JSON.convertValue(property.getValue().get("default"), Object.class));
            }
        });
        all.putAll(values);
        return all;
    }

    /** What is asked of the jar itself, before its code runs. */
    public List<Check> checks() {
        return List.of(
                new Check(
                        "manifest", "The bundle exports nothing and imports nothing of the platform.", this::manifest),
                new Check(
                        "schema",
                        "Every parameter has a description, x-change, and a default or is required.",
                        this::schema));
    }

    private String manifest() throws Check.Broken {
        String exported = manifest.getValue("Export-Package");
        Check.require(exported == null, "it exports " + exported);
        String imported = String.valueOf(manifest.getValue("Import-Package"));
        for (String platform : PLATFORM) {
            Check.require(!imported.contains(platform), "it imports " + platform);
        }
        return manifest.getValue("Bundle-SymbolicName") + " " + version();
    }

    private String schema() throws Check.Broken {
        Set<String> names = new TreeSet<>();
        Set<String> required = new TreeSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        Check.require(!schema.path("additionalProperties").asBoolean(true), "additionalProperties is not false");
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            String name = property.getKey();
            names.add(name);
            Check.require(!property.getValue().path("description").asText().isBlank(), name + " has no description");
            Check.require(
                    Set.of("never", "phase", "live")
                            .contains(property.getValue().path("x-change").asText()),
                    name + " has no x-change of never, phase or live");
            Check.require(
                    required.contains(name) != property.getValue().has("default"),
                    name + " must either have a default or be required");
        }
        return "parameters " + names;
    }

    /** What is asked at the end: after it the factory is gone. */
    public Check unload() {
        return new Check("unload", "When the plug-in is removed nothing holds on to its classes.", () -> {
            WeakReference<ClassLoader> gone = new WeakReference<>(loader);
            close();
            long until = System.nanoTime() + 10_000_000_000L;
            while (gone.get() != null) {
                if (System.nanoTime() - until > 0) {
                    throw new Check.Broken(
                            "its class loader is still held 10 s after everything was closed: look for static"
                                    + " fields of other classes, thread locals, shutdown hooks");
                }
                System.gc();
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
            }
            return "";
        });
    }

    @Override
    public void close() throws IOException {
        URLClassLoader now = loader;
        loader = null;
        factory = null;
        if (now != null) {
            now.close();
        }
    }
}
