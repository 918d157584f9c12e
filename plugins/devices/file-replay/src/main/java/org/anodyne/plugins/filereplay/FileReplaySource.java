package org.anodyne.plugins.filereplay;

import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.Recording;
import org.anodyne.formats.TruncatedException;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Event;
import org.anodyne.plugin.HandOver;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.Parameters;
import org.anodyne.plugin.Phase;
import org.anodyne.plugin.PluginContext;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.device.Pacer;
import org.anodyne.plugin.device.SignalSource;
import org.anodyne.plugin.signal.StreamInfo;

/** Plays one recording. Thread: the lane. */
final class FileReplaySource implements SignalSource {
    private static final String FORMAT = "anodyne-file-replay";
    private static final int VERSION = 1;

    /** Stamps of XDF jitter; a step as long as this is a gap for the readers of that format, too. */
    private static final double XDF_GAP_SECONDS = 1;

    private final PluginContext context;
    private Optional<Recording> recording = Optional.empty();
    private List<StreamInfo> streams = List.of();
    private List<FileTrack> tracks = List.of();
    private Pacer pacer;

    FileReplaySource(PluginContext context) {
        this.context = context;
        this.pacer = new Pacer(context, List.of());
    }

    @Override
    public void prepare(Inputs inputs, Deadline deadline) throws PluginException {
        Path file = file();
        Parameters parameters = context.parameters();
        try {
            Recording opened = Recording.open(
                    file, parameters.flag("acceptTruncated") ? Recording.Truncated.ACCEPT : Recording.Truncated.REFUSE);
            recording = Optional.of(opened);
            List<String> labels =
                    parameters.list("signals").stream().map(String::valueOf).toList();
            List<Selection> selections = Selection.of(opened, labels, parameters.text("type"));
            double earliest = selections.stream()
                    .mapToDouble(s -> opened.groups().get(s.group()).startSeconds())
                    .min()
                    .orElse(0);
            List<FileTrack> made = new ArrayList<>();
            for (Selection selection : selections) {
                double gapSeconds = gapSeconds(opened, selection.stream().rateHz());
                Usable.check(opened, selection, gapSeconds, deadline);
                made.add(track(opened, selection, earliest, gapSeconds));
            }
            tracks = made;
            streams = selections.stream().map(Selection::stream).toList();
            pacer = new Pacer(context, tracks);
        } catch (TruncatedException e) {
            throw new PluginException(
                    "file-replay: " + e.getMessage() + " To play what is there of it, give slot '" + context.slot()
                            + "' plugin: file-replay with parameters: {acceptTruncated: true} in the protocol.",
                    e);
        } catch (FormatException e) {
            throw new PluginException("file-replay: " + e.getMessage(), e);
        } catch (UncheckedIOException e) {
            throw new PluginException("file-replay: " + file + " cannot be read (" + e.getCause() + ").", e);
        }
    }

    private Path file() throws PluginException {
        String given = context.input()
                .orElseThrow(() -> new PluginException("file-replay: no recording was given for slot '" + context.slot()
                        + "'; name one with --input " + context.slot() + "=FILE."));
        Path file;
        try {
            file = Path.of(given);
        } catch (InvalidPathException e) {
            throw new PluginException("file-replay: '" + given + "' is no name of a file.", e);
        }
        if (!Files.isRegularFile(file)) {
            throw new PluginException("file-replay: " + file.toAbsolutePath()
                    + (Files.exists(file) ? " is no file" : " does not exist") + "; name a recording with --input "
                    + context.slot() + "=FILE.");
        }
        return file;
    }

    private static double gapSeconds(Recording recording, double rateHz) {
        return recording.format().equals("XDF") ? Math.max(XDF_GAP_SECONDS, 2 / rateHz) : 1.5 / rateHz;
    }

    private FileTrack track(Recording opened, Selection selection, double earliest, double gapSeconds) {
        double rate = selection.stream().rateHz();
        double late = opened.groups().get(selection.group()).startSeconds() - earliest;
        int length = (int) Math.max(1, Math.round(context.parameters().number("block") * rate));
        return new FileTrack(opened, selection, context.outlet(), length, Math.round(late * rate), gapSeconds);
    }

    @Override
    public List<StreamInfo> streams() {
        return streams;
    }

    @Override
    public void start() {
        recording.ifPresent(r -> r.warnings().forEach(text -> context.outlet()
                .event(new Event("input-warning", Math.max(0, context.clock().nowNanos()), Map.of("text", text)))));
        pacer.start();
    }

    @Override
    public void pause() {
        pacer.pause();
    }

    @Override
    public void resume() {
        pacer.resume();
    }

    @Override
    public void enterPhase(Phase phase) {
        pacer.enterPhase(phase);
    }

    @Override
    public Optional<HandOver> drain(Deadline deadline) {
        pacer.pause();
        byte[] file = fileName();
        ByteBuffer bytes = ByteBuffer.allocate(
                        3 * Integer.BYTES + file.length + tracks.size() * (FileTrack.STATE_BYTES + 2 * Long.BYTES))
                .putInt(file.length)
                .put(file)
                .putInt(pacer.anchoredPhase())
                .putInt(tracks.size());
        for (int i = 0; i < tracks.size(); i++) {
            tracks.get(i).write(bytes);
            Pacer.Anchor anchor = pacer.anchors().get(i);
            bytes.putLong(anchor.nanos()).putLong(anchor.position());
        }
        return Optional.of(new HandOver(FORMAT, VERSION, bytes.array()));
    }

    @Override
    public boolean takeOver(HandOver handOver) {
        if (!handOver.format().equals(FORMAT) || handOver.version() != VERSION) {
            return false;
        }
        try {
            ByteBuffer bytes = ByteBuffer.wrap(handOver.bytes());
            byte[] own = fileName();
            byte[] file = new byte[Math.max(0, Math.min(bytes.getInt(), bytes.remaining()))];
            bytes.get(file);
            int phase = bytes.getInt();
            if (!java.util.Arrays.equals(own, file) || bytes.getInt() != tracks.size()) {
                return false;
            }
            List<Pacer.Anchor> anchors = new ArrayList<>();
            for (FileTrack track : tracks) {
                if (!track.read(bytes)) {
                    return false;
                }
                anchors.add(new Pacer.Anchor(bytes.getLong(), bytes.getLong()));
            }
            pacer.continueFrom(phase, anchors);
            return true;
        } catch (BufferUnderflowException e) {
            return false;
        }
    }

    private byte[] fileName() {
        return recording.map(r -> r.file().toString()).orElse("").getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        pacer.close();
        recording.ifPresent(Recording::close);
        recording = Optional.empty();
    }
}
