package org.anodyne.programme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The files of a programme: {@code programme.yaml} and {@code lessons/*.md}, from a folder, a zip or a bundle. What else lies
 * there is left alone.
 *
 * @param origin where they come from, for people
 * @param texts text by name, e.g. {@code lessons/goals.md}
 * @param whole whether {@code texts} holds every lesson file that is there
 */
record ProgrammeFiles(String origin, Map<String, String> texts, boolean whole) {
    static final String MAIN = "programme.yaml";
    static final String LESSONS = "lessons/";

    /** Engineering defaults: a programme is written by people for people. */
    static final int MOST_FILES = 500;

    static final int MOST_BYTES = 1 << 20;

    static String lesson(String id) {
        return LESSONS + id + ".md";
    }

    private static boolean belongs(String name) {
        return name.equals(MAIN) || name.matches("lessons/[^/]+\\.md");
    }

    /**
     * Reads a folder or a zip.
     *
     * @throws ProgrammeException when it is neither, or cannot be read
     */
    static ProgrammeFiles of(Path place) {
        Map<String, String> texts = new TreeMap<>();
        try {
            if (Files.isDirectory(place)) {
                folder(place, texts);
            } else if (Files.isRegularFile(place) && place.toString().endsWith(".zip")) {
                zip(place, texts);
            } else {
                throw refused(place.toString(), "there is no such folder or zip; name one that holds " + MAIN);
            }
        } catch (IOException | UncheckedIOException e) {
            throw refused(place.toString(), "it cannot be read: " + e.getMessage());
        }
        return new ProgrammeFiles(place.toString(), texts, true);
    }

    private static void folder(Path folder, Map<String, String> texts) throws IOException {
        try (Stream<Path> files = Files.walk(folder, 2)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString().replace('\\', '/');
                if (belongs(name)) {
                    if (Files.size(file) > MOST_BYTES) {
                        throw refused(folder.toString(), name + " is larger than 1 MiB");
                    }
                    put(folder.toString(), texts, name, Files.readAllBytes(file));
                }
            }
        }
    }

    /** A zip may hold everything in one folder of its own, as most tools make it. */
    private static void zip(Path file, Map<String, String> texts) throws IOException {
        Map<String, byte[]> all = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(file))) {
            int entries = 0;
            for (ZipEntry e = in.getNextEntry(); e != null; e = in.getNextEntry()) {
                if (++entries > 10 * MOST_FILES) {
                    throw refused(file.toString(), "it has more than " + 10 * MOST_FILES + " entries");
                }
                if (e.getName().endsWith(".md") || e.getName().endsWith(".yaml")) {
                    byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                    if (bytes.length > MOST_BYTES || all.size() >= MOST_FILES) {
                        throw refused(file.toString(), e.getName() + " is larger than 1 MiB, or one file too many");
                    }
                    all.put(e.getName(), bytes);
                }
            }
        }
        String root = all.keySet().stream()
                .filter(n -> n.equals(MAIN) || n.matches("[^/]+/" + MAIN))
                .findFirst()
                .map(n -> n.substring(0, n.length() - MAIN.length()))
                .orElse("");
        for (Map.Entry<String, byte[]> e : all.entrySet()) {
            if (e.getKey().startsWith(root) && belongs(e.getKey().substring(root.length()))) {
                put(file.toString(), texts, e.getKey().substring(root.length()), e.getValue());
            }
        }
    }

    private static void put(String origin, Map<String, String> texts, String name, byte[] bytes) {
        if (texts.size() >= MOST_FILES) {
            throw refused(origin, "it has more than " + MOST_FILES + " files");
        }
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(java.nio.ByteBuffer.wrap(bytes))
                    .toString();
            texts.put(name, text.replace("\r\n", "\n"));
        } catch (CharacterCodingException e) {
            throw new ProgrammeException(
                    origin, List.of(new Fault(name, 0, "it is not written in UTF-8; save it as UTF-8")));
        }
    }

    /** The files that a bundle ships under {@code programmes/<id>/}; lessons are those that the main file lists. */
    static ProgrammeFiles shipped(Class<?> in, String id) {
        Map<String, String> texts = new TreeMap<>();
        String base = "/programmes/" + id + "/";
        resource(in, base + MAIN).ifPresent(main -> {
            texts.put(MAIN, main);
            for (String lesson : ProgrammeReader.lessonsOf(main)) {
                resource(in, base + lesson(lesson)).ifPresent(text -> texts.put(lesson(lesson), text));
            }
        });
        return new ProgrammeFiles(id, texts, false);
    }

    private static Optional<String> resource(Class<?> in, String name) {
        try (InputStream stream = in.getResourceAsStream(name)) {
            return stream == null
                    ? Optional.empty()
                    : Optional.of(new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name + " of the bundle cannot be read", e);
        }
    }

    private static ProgrammeException refused(String origin, String why) {
        return new ProgrammeException(origin, List.of(new Fault(origin, 0, why)));
    }
}
