package org.anodyne.acceptance;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Variants of built plug-ins. */
final class Jars {
    private Jars() {}

    /** A copy that says of itself that it is another version. */
    static Path withVersion(Path from, Path to, String version) throws IOException {
        try (InputStream in = Files.newInputStream(from);
                JarInputStream jar = new JarInputStream(in);
                OutputStream file = Files.newOutputStream(to)) {
            Manifest manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (JarOutputStream out = new JarOutputStream(file, manifest)) {
                for (JarEntry e = jar.getNextJarEntry(); e != null; e = jar.getNextJarEntry()) {
                    out.putNextEntry(new JarEntry(e.getName()));
                    jar.transferTo(out);
                    out.closeEntry();
                }
            }
        }
        return to;
    }
}
