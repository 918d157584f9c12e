package org.anodyne.plugin.host.registry;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.PluginKind;
import org.anodyne.plugin.host.sample.Counter;

/** Builds test bundles from classes of the tests. */
final class Jar {
    private static final String IMPORTS = "org.anodyne.plugin;version=\"[1.0,2)\",org.anodyne.plugin.signal;version="
            + "\"[1.0,2)\",org.anodyne.plugin.safety;version=\"[1.0,2)\"";

    static final String SAMPLES = "org.anodyne.plugin.host.sample.";

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    private Jar() {
        headers.put("Manifest-Version", "1.0");
    }

    /** A jar that is no bundle. */
    static Jar plain() {
        return new Jar().text("readme.txt", "nothing");
    }

    static Jar bundle(String name, String version) {
        return new Jar()
                .header("Bundle-ManifestVersion", "2")
                .header("Bundle-SymbolicName", name)
                .header("Bundle-Version", version)
                .header("Import-Package", IMPORTS);
    }

    /** A bundle with a counting processor of this id. */
    static Jar counter(String id, String version) {
        return bundle("org.example." + id, version)
                .provides(id, PluginKind.PROCESSOR, Counter.class, PluginFactory.class);
    }

    Jar provides(String id, PluginKind kind, Class<?> component, Class<?> service) {
        promises(id, kind);
        for (String name : List.of("Counter", "Counter$Instance", "Broken", "Broken$1", "Rule")) {
            type(SAMPLES + name);
        }
        text(
                "OSGI-INF/component.xml",
                "<scr:component xmlns:scr=\"http://www.osgi.org/xmlns/scr/v1.3.0\" name=\"" + id + "\">"
                        + "<property name=\"anodyne.plugin.id\" value=\"" + id + "\"/>"
                        + "<property name=\"anodyne.plugin.kind\" value=\"" + kind + "\"/>"
                        + "<property name=\"anodyne.plugin.title\" value=\"A test\"/>"
                        + "<property name=\"anodyne.plugin.schema\" value=\"parameters.schema.json\"/>"
                        + "<service><provide interface=\"" + service.getName() + "\"/></service>"
                        + "<implementation class=\"" + component.getName() + "\"/></scr:component>");
        text("parameters.schema.json", "{\"title\": \"" + id + "\"}");
        return header("Service-Component", "OSGI-INF/component.xml");
    }

    /** Promises a plug-in in the manifest. */
    Jar promises(String id, PluginKind kind) {
        return header("Provide-Capability", "anodyne.plugin;id=" + id + ";kind=" + kind);
    }

    Jar header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    Jar text(String name, String text) {
        entries.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** A class of the tests. */
    Jar type(String type) {
        String name = type.replace('.', '/') + ".class";
        try (InputStream in = Jar.class.getClassLoader().getResourceAsStream(name)) {
            entries.put(name, in.readAllBytes());
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        Manifest manifest = new Manifest();
        headers.forEach((k, v) -> manifest.getMainAttributes().putValue(k, v));
        try (JarOutputStream jar = new JarOutputStream(bytes, manifest)) {
            for (Map.Entry<String, byte[]> e : entries.entrySet()) {
                jar.putNextEntry(new ZipEntry(e.getKey()));
                jar.write(e.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Writes it as a deployer should: beside, then renamed. */
    Path to(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            Path part = Files.write(folder.resolve(name + ".tmp"), bytes());
            return Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
