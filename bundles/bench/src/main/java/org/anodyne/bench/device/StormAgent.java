package org.anodyne.bench.device;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Puts {@link GarbageStorm} into a process that is started, and lets it rage. One thread at a time. */
final class StormAgent {
    private static final String CLASS = "org/anodyne/bench/device/GarbageStorm.class";

    private final Path jar;
    private final Path sign;

    /** Writes the agent's jar into a folder. */
    StormAgent(Path folder) throws IOException {
        jar = folder.resolve("garbage-storm.jar");
        sign = folder.resolve("garbage-storm");
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), GarbageStorm.class.getName());
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                InputStream in = StormAgent.class.getClassLoader().getResourceAsStream(CLASS)) {
            out.putNextEntry(new JarEntry(CLASS));
            in.transferTo(out);
            out.closeEntry();
        }
    }

    /** The option for Java that puts it in. */
    String option() {
        return "-javaagent:" + jar + "=" + sign;
    }

    void begin() throws IOException {
        Files.deleteIfExists(told());
        Files.writeString(sign, "");
    }

    /** Ends it; gives collections and their milliseconds while it lasted. */
    long[] end() throws IOException {
        Files.deleteIfExists(sign);
        long[] collections = {0, 0};
        if (Files.exists(told())) {
            String[] words = Files.readString(told()).split(" ");
            if (words.length == 2) {
                collections[0] = Long.parseLong(words[0]);
                collections[1] = Long.parseLong(words[1]);
            }
        }
        return collections;
    }

    private Path told() {
        return Path.of(sign + ".told");
    }
}
