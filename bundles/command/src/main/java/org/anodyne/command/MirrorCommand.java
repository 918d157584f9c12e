package org.anodyne.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.anodyne.plugin.scene.MirrorPicture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "mirror",
        description = {
            "Writes a picture of what the participant sees in the session that runs on this machine.",
            "Exit code 1: no picture came in time. 2: no session runs."
        },
        mixinStandardHelpOptions = true)
final class MirrorCommand implements Callable<Integer> {
    /** More than twice the longest time between two pictures at the usual rate. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Supplier<Path> home;
    private final Asking asking;

    @Spec
    CommandSpec spec;

    @Mixin
    RemoteOptions remote;

    @Option(names = "--out", required = true, paramLabel = "FILE.jpg", description = "Where the picture goes.")
    Path out;

    MirrorCommand(Supplier<Path> home, Asking asking) {
        this.home = home;
        this.asking = asking;
    }

    @Override
    public Integer call() throws InterruptedException {
        String name = String.valueOf(out.getFileName()).toLowerCase(Locale.ROOT);
        if (!name.endsWith(".jpg") && !name.endsWith(".jpeg")) {
            throw new CommandFailure(
                    CommandFailure.BAD_INPUT, "the picture is a JPEG file; end the name " + out + " with .jpg");
        }
        RunningMark.Running platform = remote.platform(home.get());
        Map<String, Object> status = asking.ask(platform, "status", Map.of());
        RemoteOptions.message(status);
        MirrorPicture picture = asking.mirror(platform, String.valueOf(status.get("session")), PATIENCE)
                .orElseThrow(() -> new CommandFailure(
                        1,
                        "no picture came within " + PATIENCE.toSeconds()
                                + " s: the session has no display, nobody wears"
                                + " its headset, or its parameter 'mirror' is 0"));
        write(picture);
        spec.commandLine()
                .getOut()
                .println(out + ": " + picture.width() + " × " + picture.height() + ", frame " + picture.frame());
        return 0;
    }

    private void write(MirrorPicture picture) {
        Path file = out.toAbsolutePath();
        Path part = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.createDirectories(file.getParent());
            Files.write(part, picture.jpeg());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new CommandFailure(1, "the picture cannot be written: " + e);
        }
    }
}
