package org.anodyne.plugins.filereplay;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.anodyne.plugin.PluginFactory;
import org.anodyne.plugin.tck.SourceContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class FileReplayContractTest extends SourceContract {
    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Recorded.text(folder, 125, "EEG", 125 * 12, i -> Double.toString(Math.sin(i)));
    }

    @Override
    protected PluginFactory factory() {
        return new FileReplayFactory();
    }

    @Override
    protected Optional<String> input() {
        return Optional.of(file.toString());
    }
}
