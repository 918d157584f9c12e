package org.anodyne.formats.recordings;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.Recording;
import org.anodyne.formats.SignalGroup;
import org.anodyne.formats.TruncatedException;
import org.anodyne.formats.edf.EdfHeader;
import org.anodyne.formats.edf.EdfReader;
import org.anodyne.formats.edf.EdfSignal;

/** EDF and its kin as a recording: signals of one rate are one group. */
final class EdfRecording implements Recording {
    private final Path file;
    private final EdfReader reader;
    private final List<SignalGroup> groups = new ArrayList<>();
    private final List<int[]> members = new ArrayList<>();

    EdfRecording(Path file, Truncated truncated) {
        this.file = file;
        this.reader = EdfReader.open(file);
        try {
            if (reader.truncated() && truncated == Truncated.REFUSE) {
                throw new TruncatedException(
                        file, -1, String.join(" ", reader.warnings()).replaceFirst("\\.$", ""), "Copy the file again.");
            }
            group();
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private void group() {
        EdfHeader header = reader.header();
        Map<Integer, List<Integer>> byRate = new LinkedHashMap<>();
        for (int i = 0; i < header.signals().size(); i++) {
            byRate.computeIfAbsent(header.signals().get(i).samplesPerRecord(), n -> new ArrayList<>())
                    .add(i);
        }
        if (byRate.isEmpty()) {
            throw new FormatException(
                    file, -1, "the file holds annotations but no signal", "Choose a recording that holds data.");
        }
        byRate.forEach((perRecord, indices) -> {
            List<SignalGroup.Signal> signals = indices.stream()
                    .map(i -> header.signals().get(i))
                    .map(s -> new SignalGroup.Signal(s.label(), s.unit()))
                    .toList();
            groups.add(new SignalGroup(
                    groups.size(),
                    header.kind().label() + " " + (groups.size() + 1),
                    type(header.signals().get(indices.get(0))),
                    perRecord / header.recordSeconds(),
                    reader.records() * perRecord,
                    0,
                    signals));
            members.add(indices.stream().mapToInt(i -> i).toArray());
        });
    }

    /** EDF+ labels begin with the type, as in {@code EEG Fpz-Cz}. */
    private static String type(EdfSignal signal) {
        int blank = signal.label().indexOf(' ');
        return blank < 0 ? "" : signal.label().substring(0, blank);
    }

    @Override
    public Path file() {
        return file;
    }

    @Override
    public String format() {
        return reader.header().kind().label();
    }

    @Override
    public List<SignalGroup> groups() {
        return List.copyOf(groups);
    }

    @Override
    public double durationSeconds() {
        return reader.recordOnset(reader.records() - 1)
                - reader.recordOnset(0)
                + reader.header().recordSeconds();
    }

    @Override
    public Optional<LocalDateTime> startTime() {
        return reader.header().start().map(t -> t.plusNanos(Math.round(reader.recordOnset(0) * 1e9)));
    }

    @Override
    public List<Mark> marks() {
        double origin = reader.recordOnset(0);
        return reader.annotations().stream()
                .map(a ->
                        new Mark(a.onsetSeconds() - origin, Math.max(0, a.durationSeconds()), "annotations", a.text()))
                .toList();
    }

    @Override
    public boolean truncated() {
        return reader.truncated();
    }

    @Override
    public List<String> warnings() {
        return reader.warnings();
    }

    @Override
    public int read(int group, long fromSample, double[][] into) {
        int count = 0;
        int[] signals = members.get(group);
        for (int i = 0; i < into.length; i++) {
            count = reader.read(signals[i], fromSample, into[i]);
        }
        return count;
    }

    @Override
    public int readTimes(int group, long fromSample, double[] into) {
        SignalGroup info = groups.get(group);
        long perRecord = info.samples() / reader.records();
        double origin = reader.recordOnset(0);
        int count = (int) Math.max(0, Math.min(into.length, info.samples() - fromSample));
        for (int i = 0; i < count; i++) {
            long sample = fromSample + i;
            into[i] = reader.recordOnset(sample / perRecord) - origin + sample % perRecord / info.rate();
        }
        return count;
    }

    @Override
    public void close() {
        reader.close();
    }
}
