package org.anodyne.runtime;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

/** A jar with what a test wants in it; the launcher looks at names and bytes alone. */
final class MadeJar {
    private MadeJar() {}

    /** Writes a jar of entries by name. */
    static Payload in(Path folder, Map<String, String> entries) throws IOException {
        Path jar = Files.createDirectories(folder).resolve("anodyne.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, String> e : new TreeMap<>(entries).entrySet()) {
                out.putNextEntry(new JarEntry(e.getKey()));
                out.write(e.getValue().getBytes(StandardCharsets.UTF_8));
                out.closeEntry();
            }
        }
        return new Payload(jar);
    }
}
