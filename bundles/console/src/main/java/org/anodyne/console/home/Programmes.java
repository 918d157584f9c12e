package org.anodyne.console.home;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.anodyne.programme.Programme;
import org.anodyne.programme.ProgrammeException;
import org.anodyne.programme.ProgrammeReader;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The programmes of lessons that there are: those that installed plug-ins bring along under {@code programmes/}, and the lab's
 * own, a folder or zip each in {@code programmes/} of the console's folder, which go before. Thread: any.
 */
public final class Programmes {
    private static final Logger LOG = LoggerFactory.getLogger(Programmes.class);
    private static final String MAIN = "programme.yaml";

    private final BundleContext context;
    private final Path folder;
    /** By bundle, time of its installation and place in it. */
    private final Map<String, Programme> shipped = new ConcurrentHashMap<>();

    /** @param folder of the lab's own; need not be there */
    public Programmes(BundleContext context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    /** All by id; one that has faults is left out and told in the log. */
    public Map<String, Programme> all() {
        Map<String, Programme> all = new TreeMap<>();
        for (Bundle bundle : context.getBundles()) {
            Enumeration<URL> found =
                    bundle.getState() < Bundle.RESOLVED ? null : bundle.findEntries("programmes", MAIN, true);
            if (found != null) {
                Collections.list(found)
                        .forEach(main -> read(() -> shipped.computeIfAbsent(key(bundle, main), k -> of(bundle, main)))
                                .ifPresent(p -> all.put(p.id(), p)));
            }
        }
        own().forEach(place -> read(() -> ProgrammeReader.read(place)).ifPresent(p -> all.put(p.id(), p)));
        return all;
    }

    private static String key(Bundle bundle, URL main) {
        return bundle.getBundleId() + "/" + bundle.getLastModified() + main.getPath();
    }

    private static Optional<Programme> read(java.util.function.Supplier<Programme> reading) {
        try {
            return Optional.of(reading.get());
        } catch (ProgrammeException | UncheckedIOException e) {
            LOG.warn("Not offered for home: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private List<Path> own() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> places = Files.list(folder)) {
            return places.filter(p -> Files.isDirectory(p) || p.toString().endsWith(".zip"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Programme of(Bundle bundle, URL main) {
        String base = main.getPath().substring(0, main.getPath().length() - MAIN.length());
        Map<String, String> texts = new TreeMap<>();
        texts.put(MAIN, text(main));
        Enumeration<URL> lessons = bundle.findEntries(base + "lessons", "*.md", false);
        for (URL lesson : lessons == null ? new ArrayList<URL>() : Collections.list(lessons)) {
            texts.put(lesson.getPath().substring(base.length()), text(lesson));
        }
        return ProgrammeReader.read(bundle.getSymbolicName() + base, texts);
    }

    private static String text(URL url) {
        try (InputStream in = url.openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(url + " cannot be read: " + e.getMessage(), e);
        }
    }
}
