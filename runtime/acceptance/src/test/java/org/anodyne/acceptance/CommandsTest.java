package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Commands that tell something and begin no session. */
@Tag("beside")
@Execution(ExecutionMode.CONCURRENT)
class CommandsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern ID = Pattern.compile("anodyne\\.plugin;id=\"?([a-z0-9-]+)");

    @TempDir
    Path folder;

    /** Fills a folder with the plug-ins that ship; gives what they provide, by their manifests. */
    private static Set<String> ship(Path plugins) throws IOException {
        Files.createDirectories(plugins);
        Set<String> ids = new TreeSet<>();
        try (JarFile all = new JarFile(System.getProperty("anodyne.jar"))) {
            for (JarEntry e : all.stream().toList()) {
                if (!e.getName().matches("home/plugins/[^/]+\\.jar")) {
                    continue;
                }
                Path jar = plugins.resolve(e.getName().substring("home/plugins/".length()));
                try (InputStream in = all.getInputStream(e)) {
                    Files.copy(in, jar);
                }
                try (JarFile file = new JarFile(jar.toFile())) {
                    Matcher id =
                            ID.matcher(file.getManifest().getMainAttributes().getValue("Provide-Capability"));
                    while (id.find()) {
                        ids.add(id.group(1));
                    }
                }
            }
        }
        return ids;
    }

    @Test
    void pluginsTellsThatEveryOneThatShipsIsAvailableAndWhyAnotherIsNot() throws Exception {
        Path home = folder.resolve("home");
        Set<String> ships = ship(home.resolve("plugins"));
        assertTrue(ships.size() > 30, ships.toString());
        Files.writeString(home.resolve("plugins").resolve("torn.jar"), "a copy that was broken off");
        Anodyne.Ended ended = new Anodyne(home).run("plugins", "--json");
        assertEquals(0, ended.exit(), ended.output());
        TreeMap<String, JsonNode> told = new TreeMap<>();
        JsonNode all = JSON.readTree(line(ended, "["));
        all.forEach(p -> told.put(p.path("id").asText(), p));
        JsonNode torn = told.get("torn.jar");
        assertEquals("REJECTED", torn.path("state").asText(), torn.toString());
        assertTrue(torn.path("reason").asText().contains("is not a complete jar file"), torn.toString());
        for (String id : ships) {
            assertTrue(told.containsKey(id), id + " is not told");
            assertEquals(
                    "AVAILABLE",
                    told.get(id).path("state").asText(),
                    told.get(id).toString());
        }
    }

    @Test
    void aBenchmarkGivesOneJsonObject() throws Exception {
        Anodyne.Ended ended =
                new Anodyne(folder.resolve("home")).run("bench", "bus", "messages=50", "samples=3", "--json");
        assertEquals(0, ended.exit(), ended.output());
        JsonNode figures = JSON.readTree(line(ended, "{"));
        assertEquals(50, figures.path("messages").asInt(), figures.toString());
        assertEquals(12, figures.path("bytesOfSamplesPerMessage").asInt(), figures.toString());
        assertTrue(figures.path("messagesPerSecond").asDouble() > 0, figures.toString());
    }

    /** The one line that begins so. */
    private static String line(Anodyne.Ended ended, String beginning) {
        List<String> lines =
                ended.output().lines().filter(l -> l.startsWith(beginning)).toList();
        assertFalse(lines.isEmpty(), ended.output());
        assertEquals(1, lines.size(), ended.output());
        return lines.get(0);
    }
}
