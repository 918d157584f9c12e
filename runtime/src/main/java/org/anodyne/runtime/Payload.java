package org.anodyne.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/**
 * What the runnable jar carries: the platform's bundles under {@code bundles/}, and under {@code home/} what a home
 * folder starts with.
 *
 * <p>The framework reads bundles by reference, so they have to be files. They are unpacked once per build beside the
 * home's other state and used from there by every later start.
 *
 * @param jar the runnable jar
 */
record Payload(Path jar) {
    private static final String BUNDLES = "bundles/";
    private static final String HOME = "home/";

    /** Beginnings of file names, in the order of starting; then everything else, then ours. */
    private static final List<List<String>> START_ORDER = List.of(
            List.of("asm", "org.apache.aries.spifly"),
            List.of("slf4j", "logback"),
            List.of("org.apache.felix.log"),
            List.of("org.osgi", "jakarta", "parsson", "org.apache.felix.cm", "org.apache.felix.configadmin"),
            List.of("org.apache.felix.configurator"));

    static Payload ofThisJar() {
        try {
            return new Payload(Path.of(Payload.class
                            .getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toAbsolutePath());
        } catch (URISyntaxException e) {
            throw new LaunchException("The place of the runnable jar cannot be used as a path: " + e.getMessage(), e);
        }
    }

    /** Copies what the home lacks; a folder at its top that is there is left as it is, of etc/ each file. */
    void fillHome(Path home) throws IOException {
        Files.createDirectories(home);
        try (JarFile file = new JarFile(jar.toFile())) {
            Set<String> missing = new TreeSet<>();
            for (JarEntry entry : entries(file, HOME)) {
                String name = entry.getName().substring(HOME.length());
                String top = name.startsWith("etc/") ? name : name.split("/", 2)[0];
                if (missing.contains(top) || !Files.exists(home.resolve(top))) {
                    missing.add(top);
                    copy(file, entry, home.resolve(name));
                }
            }
        }
    }

    /** The bundles as files, in the order in which they are to start. */
    List<Path> bundles(Folders folders) throws IOException {
        Path folder = unpacked(folders);
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(f -> f.toString().endsWith(".jar"))
                    .sorted(Comparator.comparingInt(Payload::rank).thenComparing(Path::toString))
                    .toList();
        }
    }

    private Path unpacked(Folders folders) throws IOException {
        Path base = Files.isWritable(folders.home())
                ? folders.home().resolve("var").resolve("bundles")
                : folders.var().resolve("bundles");
        Path part;
        Path target;
        try (JarFile file = new JarFile(jar.toFile())) {
            List<JarEntry> bundles = entries(file, BUNDLES);
            target = base.resolve(fingerprint(bundles));
            if (Files.isDirectory(target)) {
                return target;
            }
            Files.createDirectories(base);
            part = Files.createTempDirectory(base, "part-");
            for (JarEntry entry : bundles) {
                copy(file, entry, part.resolve(entry.getName().substring(BUNDLES.length())));
            }
        }
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (FileSystemException e) {
            // Another process was faster: its copy is the same, and a folder cannot replace one that is not empty.
            return part;
        }
    }

    /** Tells builds apart by what is in them: a jar's own time and size can be the same for two builds. */
    private static String fingerprint(List<JarEntry> bundles) {
        CRC32 crc = new CRC32();
        for (JarEntry entry : bundles) {
            crc.update((entry.getName() + entry.getCrc() + entry.getSize()).getBytes(StandardCharsets.UTF_8));
        }
        return Long.toHexString(crc.getValue());
    }

    private static List<JarEntry> entries(JarFile file, String folder) {
        List<JarEntry> found = new ArrayList<>();
        file.stream()
                .filter(e -> e.getName().startsWith(folder) && !e.isDirectory())
                .forEach(found::add);
        return found;
    }

    private static void copy(JarFile file, JarEntry entry, Path target) throws IOException {
        Files.createDirectories(target.getParent());
        try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, target);
        }
    }

    /** Logging before everything that logs, settings and services before what uses them, ours last. */
    private static int rank(Path bundle) {
        String name = bundle.getFileName().toString();
        for (int rank = 0; rank < START_ORDER.size(); rank++) {
            if (START_ORDER.get(rank).stream().anyMatch(name::startsWith)) {
                return rank;
            }
        }
        return name.startsWith("org.anodyne.") ? START_ORDER.size() + 1 : START_ORDER.size();
    }
}
