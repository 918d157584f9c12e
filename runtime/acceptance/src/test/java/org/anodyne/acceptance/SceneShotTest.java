package org.anodyne.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code scene NAME --shot FILE} draws a picture on a machine without a screen. */
@Tag("beside")
@Execution(ExecutionMode.CONCURRENT)
class SceneShotTest {
    private static final int WIDTH = 160;
    private static final int HEIGHT = 90;

    @TempDir
    Path folder;

    @Test
    void aPictureOfBothEyesLiesWhereItWasAskedFor() throws Exception {
        Path file = folder.resolve("new").resolve("island.png");
        Anodyne.Ended ended = new Anodyne(folder.resolve("home"))
                .run(
                        "scene",
                        "island",
                        "--set",
                        "interest=mountains",
                        "--eyes",
                        "2",
                        "--at",
                        "0.2",
                        "--size",
                        WIDTH + "x" + HEIGHT,
                        "--shot",
                        file);
        assertEquals(0, ended.exit(), ended.output());
        assertTrue(ended.output().contains(file.toString()), ended.output());
        BufferedImage picture = ImageIO.read(file.toFile());
        assertEquals(2 * WIDTH, picture.getWidth());
        assertEquals(HEIGHT, picture.getHeight());
        // A world of many colours, to the left eye not quite as to the right.
        long colours = IntStream.range(0, WIDTH * HEIGHT)
                .map(i -> picture.getRGB(i % WIDTH, i / WIDTH))
                .distinct()
                .count();
        assertTrue(colours > 200, "only " + colours + " colours");
        long apart = IntStream.range(0, WIDTH * HEIGHT)
                .filter(i -> picture.getRGB(i % WIDTH, i / WIDTH) != picture.getRGB(WIDTH + i % WIDTH, i / WIDTH))
                .count();
        assertTrue(apart > WIDTH * HEIGHT / 50, "only " + apart + " pixels differ between the eyes");
    }

    @Test
    void whatCannotBeDrawnIsRefusedAndLeavesNoFile() throws Exception {
        Path file = folder.resolve("none.png");
        Anodyne anodyne = new Anodyne(folder.resolve("home"));
        Anodyne.Ended unknown = anodyne.run("scene", "iland", "--shot", file);
        assertEquals(2, unknown.exit(), unknown.output());
        assertTrue(unknown.output().contains("there is no scene 'iland'"), unknown.output());
        Anodyne.Ended wrong = anodyne.run("scene", "island", "--set", "interest=desert", "--shot", file);
        assertEquals(2, wrong.exit(), wrong.output());
        assertTrue(wrong.output().contains("desert"), wrong.output());
        assertFalse(Files.exists(file));
    }
}
