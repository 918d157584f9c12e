package org.anodyne.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.anodyne.decoder.DecoderException;
import org.anodyne.decoder.DecoderModel;
import org.anodyne.session.SessionEngine.Fault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "freeze",
        description =
                "Writes a trained decoder with its SHA-256 into a protocol and checks it. Exit code 2: the protocol with the"
                        + " decoder has faults; it is not written then.",
        mixinStandardHelpOptions = true)
final class FreezeCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PROTOCOL", description = "Protocol file (YAML) with a slot for the decoder.")
    Path protocol;

    @Parameters(index = "1", paramLabel = "MODEL.json", description = "What './anodyne train' wrote.")
    Path model;

    @Option(names = "--slot", required = true, paramLabel = "SLOT", description = "Slot of the decoder.")
    String slot;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The protocol with the decoder; the same file as PROTOCOL replaces it.")
    Path out;

    FreezeCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        if (!Files.exists(out) || !Files.exists(protocol) || !Files.isSameFile(out, protocol)) {
            CommandFailure.unlessFree("file", List.of(out));
        }
        String sha256;
        String text;
        try {
            String written = Files.readString(model);
            DecoderModel.parse(written);
            sha256 = DecoderModel.sha256(written);
            Path folder = out.toAbsolutePath().normalize().getParent();
            Path there = model.toAbsolutePath().normalize();
            boolean near = folder.getRoot() != null && folder.getRoot().equals(there.getRoot());
            text = FrozenText.with(
                    Files.readString(protocol),
                    slot,
                    (near ? folder.relativize(there) : there).toString().replace('\\', '/'),
                    sha256);
        } catch (IOException | DecoderException e) {
            throw new CommandFailure(
                    CommandFailure.BAD_INPUT,
                    e instanceof IOException ? "cannot be read: " + e.getMessage() : e.getMessage());
        }
        Path part = out.resolveSibling(out.getFileName() + ".part");
        Files.writeString(part, text);
        try {
            Platform p = session.platform().get();
            p.registry.awaitSettled(Duration.ofSeconds(30));
            List<Fault> faults = p.engine.check(part);
            if (!faults.isEmpty()) {
                CheckCommand.tell(spec.commandLine().getErr(), protocol, faults);
                return CommandFailure.BAD_INPUT;
            }
            Files.move(part, out, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
        spec.commandLine()
                .getOut()
                .println(out + ": slot '" + slot + "' is frozen to " + model + ", SHA-256 " + sha256);
        return 0;
    }
}
