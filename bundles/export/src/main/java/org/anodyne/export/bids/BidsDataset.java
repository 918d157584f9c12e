package org.anodyne.export.bids;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import org.anodyne.export.facts.Placement;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.facts.StreamFacts;
import org.anodyne.export.outcome.Sheet;
import org.anodyne.export.signal.SampleSink;
import org.anodyne.export.signal.Sweep;
import org.anodyne.export.summary.Json;
import org.anodyne.plugin.signal.SampleBlock;

/**
 * A dataset of one session in a folder of its own: made, fed by a sweep over the record, finished. Samples go to the files
 * as they come. EEG streams become BrainVision recordings; all others become tables beside the first of them, or in
 * {@code beh/} where there is no EEG.
 */
public final class BidsDataset {
    private static final String BIDS_VERSION = "1.10.0";

    /** Years; BIDS recommends not to tell ages from here on apart, so that nobody is known by theirs. */
    private static final int OLD = 89;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS");

    /** The even time grid of a data file, to give events their onsets. */
    private static final class Grid implements SampleSink {
        final Placement placement;

        Grid(double rate) {
            placement = new Placement(rate);
        }

        @Override
        public void hole(Placement.Step step) {}

        @Override
        public void block(SampleBlock block, int skip) {
            placement.place(block);
        }
    }

    private record Eeg(StreamFacts stream, String base, List<String> names, EegFile file, Grid grid) {}

    private record Physio(StreamFacts stream, String base, PhysioFile file) {}

    private final Path root;
    private final SessionFacts facts;
    private final String subject;
    private final String task;
    private final Path folder;
    private final List<Eeg> eegs = new ArrayList<>();
    private final List<Physio> physios = new ArrayList<>();

    /**
     * Begins a dataset.
     *
     * @param root an empty folder
     * @param sweep where to take the samples from
     */
    public BidsDataset(Path root, SessionFacts facts, Sweep sweep) {
        this.root = root;
        this.facts = facts;
        this.subject = "sub-" + Names.label(facts.meta().participant(), "unknown");
        this.task = Names.label(facts.protocol().id(), "session");
        List<StreamFacts> eeg =
                facts.streams().stream().filter(StreamFacts::eeg).toList();
        List<StreamFacts> other = facts.streams().stream().filter(s -> !s.eeg()).toList();
        this.folder = root.resolve(subject).resolve(eeg.isEmpty() ? "beh" : "eeg");
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder + ": " + e.getMessage(), e);
        }
        List<String> eegLabels = Names.labels(eeg);
        for (int i = 0; i < eeg.size(); i++) {
            StreamFacts s = eeg.get(i);
            String base = subject + "_task-" + task + (eeg.size() > 1 ? "_acq-" + eegLabels.get(i) : "");
            List<String> names = Names.channels(s);
            Grid grid = new Grid(s.key().rateHz());
            EegFile file = new EegFile(folder.resolve(base + "_eeg.vhdr"), s, names);
            sweep.add(s.key(), grid);
            sweep.add(s.key(), file);
            eegs.add(new Eeg(s, base, names, file, grid));
        }
        String before = eegs.isEmpty() ? subject + "_task-" + task : eegs.get(0).base();
        List<String> labels = Names.labels(other);
        for (int i = 0; i < other.size(); i++) {
            StreamFacts s = other.get(i);
            String base = before + "_recording-" + labels.get(i);
            PhysioFile file = new PhysioFile(
                    folder.resolve(base + "_physio.tsv.gz"), s.key().channels());
            sweep.add(s.key(), file);
            physios.add(new Physio(s, base, file));
        }
    }

    /** Writes what is left after the sweep. */
    public void finish() {
        physios.forEach(p -> p.file().close());
        eegs.forEach(this::eeg);
        long origin = origin();
        for (Physio p : physios) {
            json(folder.resolve(p.base() + "_physio.json"), physioSidecar(p, origin));
        }
        if (eegs.isEmpty()) {
            LongToDoubleFunction seconds = t -> (t - origin) / 1e9;
            String base = subject + "_task-" + task;
            Events events = new Events(facts, seconds, "");
            events.write(folder.resolve(base + "_events.tsv"));
            json(folder.resolve(base + "_events.json"), events.sidecar());
        }
        description();
        participants();
        scans(origin);
        Phenotype.write(Sheet.of(facts), subject, root);
    }

    /** Closes files that are open still; the folder is to be deleted. */
    public void abandon() {
        eegs.forEach(e -> e.file().abandon());
        physios.forEach(p -> p.file().close());
    }

    /** Session time at second 0 of the first data file. */
    private long origin() {
        return eegs.isEmpty()
                ? facts.streams().stream()
                        .mapToLong(StreamFacts::startNanos)
                        .min()
                        .orElse(0)
                : eegs.get(0).stream().startNanos();
    }

    private void eeg(Eeg e) {
        Events events = new Events(
                facts, t -> e.grid().placement.secondsAt(t), e.stream().key().name());
        events.bad(e.file().bad(), e.stream().key().rateHz());
        for (Events.Row r : events.rows()) {
            if (List.of("phase", "trigger", "swap", "rating").contains(r.type())) {
                Object name = r.more().getOrDefault("phase", r.type());
                e.file()
                        .marker(
                                r.onset(),
                                r.type().equals("phase") ? r.duration() : 0,
                                "Comment",
                                r.type().equals("phase") ? "phase " + name : r.type());
            }
        }
        e.file().close();
        events.write(folder.resolve(e.base() + "_events.tsv"));
        json(folder.resolve(e.base() + "_events.json"), events.sidecar());
        json(folder.resolve(e.base() + "_eeg.json"), eegSidecar(e));
        Table channels = new Table("name", "type", "units", "sampling_frequency", "description");
        for (int c = 0; c < e.names().size(); c++) {
            String unit = e.stream().info().channels().get(c).unit();
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("name", e.names().get(c));
            row.put("type", Names.channelType(e.names().get(c)));
            row.put("units", Names.toMicrovolts(unit) > 0 ? "µV" : "n/a");
            row.put("sampling_frequency", e.stream().key().rateHz());
            row.put("description", Names.toMicrovolts(unit) > 0 ? null : unknownUnit(unit));
            channels.row(row);
        }
        channels.write(folder.resolve(e.base() + "_channels.tsv"));
    }

    private static String unknownUnit(String unit) {
        return Names.unit(unit).equals("n/a")
                ? "unit not known: arbitrary units as the source gave them"
                : "in " + Names.unit(unit) + ", as the source gave it";
    }

    /** What a processor made of a recording is no recording as it came: its plug-in and parameters; else not known. */
    private Object softwareFilters(Eeg e) {
        Map<String, Object> slot = facts.slots().getOrDefault(e.stream().key().slot(), Map.of());
        return "PROCESSOR".equals(slot.get("kind"))
                ? Map.of(String.valueOf(slot.get("plugin")), slot.getOrDefault("parameters", Map.of()))
                : "n/a";
    }

    private Map<String, Object> eegSidecar(Eeg e) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("TaskName", task);
        m.put("TaskDescription", taskDescription());
        m.put("SamplingFrequency", e.stream().key().rateHz());
        m.put("PowerLineFrequency", "n/a");
        m.put("EEGReference", "n/a");
        m.put("EEGGround", "n/a");
        m.put("EEGPlacementScheme", "n/a");
        m.put("SoftwareFilters", softwareFilters(e));
        m.put("HardwareFilters", "n/a");
        for (Map.Entry<String, String> count : Map.of(
                        "EEGChannelCount",
                        "EEG",
                        "ECGChannelCount",
                        "ECG",
                        "EMGChannelCount",
                        "EMG",
                        "TriggerChannelCount",
                        "TRIG")
                .entrySet()) {
            m.put(count.getKey(), count(e, count.getValue()));
        }
        m.put("EOGChannelCount", count(e, "EOG") + count(e, "VEOG") + count(e, "HEOG"));
        m.put("MISCChannelCount", 0L);
        m.put("RecordingDuration", e.file().written() / e.stream().key().rateHz());
        boolean filled = e.file().bad().stream().anyMatch(EegFile.Bad::hole);
        m.put("RecordingType", filled ? "discontinuous" : "continuous");
        m.put(
                "GapFilling",
                e.file().bad().isEmpty()
                        ? "none was needed"
                        : "each channel holds its last value where nothing was recorded; such stretches are marked as"
                                + " BAD_ACQ_SKIP or BAD_SAMPLES in events.tsv and as Bad Interval in the .vmrk file");
        m.put("Stream", e.stream().key().name());
        m.put("Synthetic", e.stream().info().synthetic());
        if (e.stream().info().synthetic()) {
            m.put("SubjectArtefactDescription", "Synthetic signal: computed by a generator, not measured on a person");
        }
        return m;
    }

    private static long count(Eeg e, String type) {
        return e.names().stream().filter(n -> Names.channelType(n).equals(type)).count();
    }

    private String taskDescription() {
        String title = facts.protocol().title();
        return (title.isEmpty() ? "Protocol " + facts.protocol().id() : title) + " (phases: "
                + String.join(
                        ", ",
                        facts.phases().stream().map(p -> p.id()).distinct().toList()) + ")";
    }

    private Map<String, Object> physioSidecar(Physio p, long origin) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put("TaskName", task);
        m.put("SamplingFrequency", p.stream().key().rateHz());
        m.put("StartTime", (p.stream().startNanos() - origin) / 1e9);
        List<String> names = Names.channels(p.stream());
        m.put("Columns", names);
        for (int c = 0; c < names.size(); c++) {
            String unit = Names.unit(p.stream().info().channels().get(c).unit());
            Map<String, Object> column = new LinkedHashMap<>();
            column.put(
                    "Description",
                    p.stream().info().type() + " of stream " + p.stream().key().name()
                            + (p.stream().info().synthetic() ? ", synthetic: computed, not measured" : "")
                            + (unit.equals("n/a") ? "; unit not known: arbitrary units as the source gave them" : ""));
            if (!unit.equals("n/a")) {
                column.put("Units", unit);
            }
            m.put(names.get(c), column);
        }
        return m;
    }

    private void description() {
        Map<String, Object> generator = new LinkedHashMap<>();
        generator.put("Name", "Anodyne");
        String version = facts.meta().versions().get("org.anodyne.export");
        if (version != null) {
            generator.put("Version", version);
        }
        generator.put("Description", "Converted from the session's own record (XDF)");
        Map<String, Object> m = new LinkedHashMap<>();
        m.put(
                "Name",
                "Session " + facts.meta().session() + " of " + facts.protocol().id());
        m.put("BIDSVersion", BIDS_VERSION);
        m.put("DatasetType", "raw");
        m.put("GeneratedBy", List.of(generator));
        json(root.resolve("dataset_description.json"), m);
        StringBuilder s = new StringBuilder();
        s.append("One session recorded with Anodyne\n=================================\n\n");
        s.append("Protocol: ").append(facts.protocol().id());
        s.append(
                        facts.protocol().title().isEmpty()
                                ? ""
                                : " (" + facts.protocol().title() + ")")
                .append('\n');
        s.append("Session: ")
                .append(facts.meta().session())
                .append(", site ")
                .append(facts.meta().site());
        s.append(", started ").append(facts.meta().startedAt()).append('\n');
        s.append("Ended: ").append(facts.state());
        s.append(facts.reason().isEmpty() ? "" : ": " + facts.reason()).append('\n');
        facts.problems().forEach(p -> s.append("Problem: ").append(p).append('\n'));
        s.append('\n');
        if (facts.synthetic()) {
            s.append("Signals marked as synthetic were computed by a generator and not measured on a person.\n\n");
        }
        if (facts.simulatedDevices()) {
            s.append("What acted were simulated devices: nobody was stimulated.\n\n");
        }
        if (facts.simulatedParticipant()) {
            s.append("A simulated participant answered: no answer is a person's.\n\n");
        }
        s.append(
                "Phases, triggers, what the actuators delivered, ratings, swaps of plug-ins and gaps are in the events\n"
                        + "tables; their columns are described in the JSON files of the same name. The record this was made\n"
                        + "from holds every message of the session exactly; this dataset holds the signals and the events.\n\n"
                        + "Research use only. Anodyne is not a medical device.\n");
        text(root.resolve("README"), s.toString());
    }

    /** Age and sex only where the protocol chose by them; else they were not kept. */
    private void participants() {
        Map<String, Object> row = new LinkedHashMap<>();
        Map<String, Object> columns = new LinkedHashMap<>();
        row.put("participant_id", subject);
        columns.put("participant_id", Map.of("Description", "Code of the participant, as given for the session"));
        if (facts.about().get("age") instanceof Number age) {
            row.put("age", age.longValue() >= OLD ? OLD + "+" : age.longValue());
            columns.put(
                    "age",
                    Map.of(
                            "Description",
                            "Age as told for the session, in whole years; from " + OLD + " on " + OLD
                                    + "+, as BIDS recommends",
                            "Units",
                            "year"));
        }
        if (facts.about().get("sex") instanceof String sex) {
            row.put("sex", sex);
            columns.put(
                    "sex",
                    Map.of(
                            "Description",
                            "Sex as told for the session",
                            "Levels",
                            Map.of("female", "female", "male", "male", "other", "other")));
        }
        Table table = new Table(row.keySet().toArray(String[]::new));
        table.row(row);
        table.write(root.resolve("participants.tsv"));
        json(root.resolve("participants.json"), columns);
    }

    private void scans(long origin) {
        LocalDateTime start;
        try {
            start = OffsetDateTime.parse(facts.meta().startedAt()).toLocalDateTime();
        } catch (DateTimeException e) {
            return;
        }
        Table table = new Table("filename", "acq_time");
        for (Eeg e : eegs) {
            scan(table, e.base() + "_eeg.vhdr", start.plusNanos(e.stream().startNanos()));
        }
        for (Physio p : physios) {
            scan(table, p.base() + "_physio.tsv.gz", start.plusNanos(p.stream().startNanos()));
        }
        if (eegs.isEmpty() && physios.isEmpty()) {
            scan(table, subject + "_task-" + task + "_events.tsv", start.plusNanos(origin));
        }
        table.write(root.resolve(subject).resolve(subject + "_scans.tsv"));
    }

    private void scan(Table table, String file, LocalDateTime at) {
        table.row(Map.of("filename", folder.getFileName() + "/" + file, "acq_time", TIME.format(at)));
    }

    private static void json(Path file, Object value) {
        text(file, Json.text(value));
    }

    private static void text(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }
}
