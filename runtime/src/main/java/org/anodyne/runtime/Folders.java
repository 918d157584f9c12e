package org.anodyne.runtime;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The folders of one start.
 *
 * @param home holds {@code plugins/}, {@code etc/}, {@code examples/}, {@code simulators/} and {@code var/}
 * @param var what this process keeps: the framework's storage and the broker's journal
 * @param log folder of the log files
 * @param temporary deleted at the end; empty when nothing is
 */
record Folders(Path home, Path var, Path log, Optional<Path> temporary) {

    /**
     * Chooses the folders: the home that was named, else the one around the jar when it is a distribution, else a
     * temporary one that the jar fills. A home gets what it lacks from the jar.
     */
    static Folders choose(Arguments arguments, Payload payload) {
        try {
            Optional<Path> home = arguments.home().map(p -> p.toAbsolutePath().normalize());
            if (home.isEmpty()) {
                Path beside = payload.jar().getParent();
                home = Files.isDirectory(beside.resolve("plugins")) ? Optional.of(beside) : Optional.empty();
            }
            boolean temporaryHome = home.isEmpty();
            Optional<Path> temporary = temporaryHome || !arguments.staysUp()
                    ? Optional.of(Files.createTempDirectory("anodyne-"))
                    : Optional.empty();
            try {
                Path chosen = home.orElseGet(() -> temporary.orElseThrow().resolve("home"));
                payload.fillHome(chosen);
                Path var = temporary.orElse(chosen).resolve("var");
                Files.createDirectories(var);
                Path log = Files.isWritable(chosen) ? chosen.resolve("var").resolve("log") : var.resolve("log");
                return new Folders(chosen, var, log, temporary);
            } catch (IOException | RuntimeException e) {
                temporary.ifPresent(Folders::delete);
                throw e;
            }
        } catch (IOException e) {
            throw new LaunchException(
                    "The platform's folders cannot be made: " + e.getMessage()
                            + ". Name a folder that can be written with --home.",
                    e);
        }
    }

    /** Deletes what this start made for itself alone. */
    void release() {
        temporary.ifPresent(Folders::delete);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.deleteIfExists(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    // Gone in the meantime: that is what was wanted.
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path dir, IOException e) throws IOException {
                    Files.deleteIfExists(dir);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            System.err.println(
                    "anodyne: the temporary folder '" + folder + "' could not be deleted: " + e.getMessage());
        }
    }
}
