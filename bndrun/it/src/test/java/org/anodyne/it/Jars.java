package org.anodyne.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Variants of built jars. */
final class Jars {
    private Jars() {}

    /** A copy that says of itself that it is another version. */
    static Path withVersion(Path from, Path to, String version) throws IOException {
        return with(from, to, Map.of("Bundle-Version", version));
    }

    /** A copy with other headers; {@code +} before a value adds it to what is there. */
    static Path with(Path from, Path to, Map<String, String> headers) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                JarInputStream jar = new JarInputStream(in)) {
            Manifest manifest = new Manifest(jar.getManifest());
            Attributes main = manifest.getMainAttributes();
            headers.forEach((name, value) -> main.putValue(
                    name, value.startsWith("+") ? main.getValue(name) + "," + value.substring(1) : value));
            try (OutputStream file = Files.newOutputStream(to);
                    JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry e = jar.getNextJarEntry(); e != null; e = jar.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(e.getName()));
                    jar.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return to;
    }

    /**
     * A newer version of a processor's jar in which another factory stands for its own.
     *
     * @param factory implementation class of its only component; packed with {@code others}
     */
    static Path withFactory(Path from, Path to, String version, String id, Class<?> factory, List<Class<?>> others)
            throws IOException {
        Path plain = with(
                from,
                Path.of(to + ".part"),
                Map.of("Bundle-Version", version, "Service-Component", "OSGI-INF/component.xml"));
        try (InputStream in = Files.newInputStream(plain);
                JarInputStream jar = new JarInputStream(in);
                OutputStream file = Files.newOutputStream(to);
                JarOutputStream out = new JarOutputStream(file, jar.getManifest())) {
            for (JarEntry e = jar.getNextJarEntry(); e != null; e = jar.getNextJarEntry()) {
                out.putNextEntry(new JarEntry(e.getName()));
                jar.transferTo(out);
                out.closeEntry();
            }
            out.putNextEntry(new JarEntry("OSGI-INF/component.xml"));
            out.write("""
                    <scr:component xmlns:scr="http://www.osgi.org/xmlns/scr/v1.3.0" name="%1$s">
                      <property name="anodyne.plugin.id" type="String" value="%2$s"/>
                      <property name="anodyne.plugin.kind" type="String" value="PROCESSOR"/>
                      <property name="anodyne.plugin.title" type="String" value="Faulty"/>
                      <property name="anodyne.plugin.schema" type="String" value="parameters.schema.json"/>
                      <service><provide interface="org.anodyne.plugin.PluginFactory"/></service>
                      <implementation class="%1$s"/>
                    </scr:component>
                    """.formatted(factory.getName(), id).getBytes(StandardCharsets.UTF_8));
            out.closeEntry();
            add(out, factory);
            for (Class<?> c : others) {
                add(out, c);
            }
        }
        return to;
    }

    private static void add(JarOutputStream out, Class<?> type) throws IOException {
        String entry = type.getName().replace('.', '/') + ".class";
        try (InputStream code = type.getResourceAsStream("/" + entry)) {
            out.putNextEntry(new JarEntry(entry));
            code.transferTo(out);
            out.closeEntry();
        }
    }
}
