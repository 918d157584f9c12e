package org.anodyne.formats.recordings;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.anodyne.formats.Recording;
import org.anodyne.formats.SignalGroup;
import org.anodyne.formats.text.SimpleText;

/** The simple text format as a recording: one group, units unknown. */
final class TextRecording implements Recording {
    private final SimpleText text;
    private final List<SignalGroup> groups;

    TextRecording(Path file) {
        text = SimpleText.read(file);
        List<SignalGroup.Signal> signals =
                text.labels().stream().map(l -> new SignalGroup.Signal(l, "")).toList();
        String type = text.labels().size() == 1 ? text.labels().get(0) : "";
        groups = List.of(new SignalGroup(0, "text", type, text.rate(), text.samples(), 0, signals));
    }

    @Override
    public Path file() {
        return text.file();
    }

    @Override
    public String format() {
        return "text";
    }

    @Override
    public List<SignalGroup> groups() {
        return groups;
    }

    @Override
    public double durationSeconds() {
        return text.samples() / text.rate();
    }

    @Override
    public Optional<LocalDateTime> startTime() {
        return Optional.ofNullable(Recordings.time(text.header().getOrDefault("Date", "")));
    }

    @Override
    public List<Mark> marks() {
        return List.of();
    }

    @Override
    public boolean truncated() {
        return false;
    }

    @Override
    public List<String> warnings() {
        return text.warnings();
    }

    @Override
    public int read(int group, long fromSample, double[][] into) {
        groups.get(group);
        int wanted = into.length == 0 ? 0 : into[0].length;
        int count = (int) Math.max(0, Math.min(wanted, text.samples() - fromSample));
        for (int i = 0; i < into.length && count > 0; i++) {
            System.arraycopy(text.channels()[i], (int) fromSample, into[i], 0, count);
        }
        return count;
    }

    @Override
    public int readTimes(int group, long fromSample, double[] into) {
        groups.get(group);
        int count = (int) Math.max(0, Math.min(into.length, text.samples() - fromSample));
        for (int i = 0; i < count; i++) {
            into[i] = (fromSample + i) / text.rate();
        }
        return count;
    }

    @Override
    public void close() {
        // Held in memory.
    }
}
