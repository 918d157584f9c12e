package org.anodyne.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * {@code java -jar anodyne.jar [--home DIR] COMMAND [ARGUMENT …]}: starts the platform, lets the command run, and ends
 * with the command's exit code. Interrupt and termination signals stop the platform in order.
 */
public final class Main {
    private static final int CANNOT_START = 3;
    /** Held, so that its level is not lost with it: SPI Fly reports every provider that it finds. */
    private static final Logger SPI_FLY = Logger.getLogger("org.apache.aries.spifly");

    private Main() {}

    /** Runs one command. */
    public static void main(String... args) {
        int exit;
        try {
            exit = run(Arguments.parse(args));
        } catch (LaunchException e) {
            System.err.println("anodyne: " + e.getMessage());
            exit = CANNOT_START;
        }
        System.exit(exit);
    }

    private static int run(Arguments arguments) {
        if (arguments.name().equals(DeviceHostStart.COMMAND) && DeviceHostStart.asksForHelp(arguments.words())) {
            System.out.println(DeviceHostStart.HELP);
            return 0;
        }
        Payload payload = Payload.ofThisJar();
        Folders folders = Folders.choose(arguments, payload);
        if (arguments.name().equals(DeviceHostStart.COMMAND)) {
            return deviceHost(arguments, folders, payload);
        }
        Platform platform = new Platform(arguments, folders, payload.jar());
        return run(arguments, folders, platform, () -> payload.bundles(folders));
    }

    private static int deviceHost(Arguments arguments, Folders folders, Payload payload) {
        try {
            DeviceHostStart start = DeviceHostStart.parse(arguments.words());
            DeviceHostStart.Running joined = start.await(folders.home());
            Platform platform = new Platform(
                    arguments,
                    folders,
                    payload.jar(),
                    Map.of(
                            "anodyne.devicehost",
                            start.name(),
                            "configurator.initial",
                            start.settings(joined, folders.var()).toUri().toString()));
            start.endAfter(joined);
            return run(arguments, folders, platform, () -> DeviceHostStart.choose(payload.bundles(folders)));
        } catch (IOException e) {
            folders.release();
            throw new LaunchException("The device host cannot be started: " + e.getMessage(), e);
        } catch (LaunchException e) {
            folders.release();
            throw e;
        }
    }

    /** Where the bundles are. */
    @FunctionalInterface
    private interface Bundles {
        List<Path> paths() throws IOException;
    }

    private static int run(Arguments arguments, Folders folders, Platform platform, Bundles bundles) {
        // Every exit runs it and waits for it. Set before the start, so that a signal in the middle of it finds
        // everything that has to be undone.
        Thread end = new Thread(
                () -> {
                    platform.stop();
                    folders.release();
                },
                "anodyne-end");
        try {
            Runtime.getRuntime().addShutdownHook(end);
            log(arguments, folders);
            platform.start(bundles.paths());
            platform.awaitStop();
            return exitCode();
        } catch (IOException e) {
            throw new LaunchException(
                    "The platform's bundles cannot be unpacked: " + e.getMessage()
                            + ". Name a folder that can be written with --home.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static void log(Arguments arguments, Folders folders) throws IOException {
        Files.createDirectories(folders.log());
        SPI_FLY.setLevel(Level.WARNING);
        Path configuration = folders.home().resolve("etc").resolve("logback.xml");
        if (Files.isRegularFile(configuration)) {
            System.setProperty("logback.configurationFile", configuration.toString());
        }
        String name = arguments.name().matches("[a-z][a-z-]*") ? arguments.name() : "anodyne";
        System.setProperty(
                "anodyne.log.file", folders.log().resolve(name + ".log").toString());
    }

    private static int exitCode() {
        String code = System.getProperty(Platform.EXIT);
        return code == null ? 0 : Integer.parseInt(code);
    }
}
