package org.anodyne.formats.xdf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.anodyne.formats.FormatException;

/** Opens a record of this platform after a crash, so that it can be continued. */
public final class XdfRecovery {
    /**
     * What recovery did.
     *
     * @param writer continues the file; ids, counts and group numbers go on
     * @param keptBytes length of the file now
     * @param cutBytes bytes of the unfinished group that were cut off; nothing in them was ever acknowledged
     * @param groups groups kept
     * @param damage faults before the cut, which stay in the file; empty unless the medium failed
     */
    public record Result(XdfWriter writer, long keptBytes, long cutBytes, long groups, List<XdfReader.Damage> damage) {}

    private XdfRecovery() {}

    /**
     * Cuts the file after the last whole group whose checksum is right, forces that to the medium, and opens it for appending.
     * A file in which not even the header's group is whole (the crash came while it was made) is begun anew.
     *
     * @throws FormatException when the file is not a record of this platform: nothing is cut then
     * @throws UncheckedIOException when the file cannot be read or written
     */
    public static Result openForAppend(Path path) {
        State state = scan(path);
        FileChannel file = null;
        try {
            file = FileChannel.open(path, StandardOpenOption.WRITE);
            long size = file.size();
            long cut = size - state.keep;
            if (cut > 0) {
                file.truncate(state.keep);
                file.force(true);
            }
            file.position(state.keep);
            DurableChannel channel = DurableChannel.of(file);
            XdfWriter writer = state.keep == 0
                    ? XdfWriter.create(channel, Map.of())
                    : XdfWriter.resume(channel, state.streams, state.lastGroup + 1, state.keep);
            return new Result(writer, writer.committedBytes(), cut, writer.groups(), state.damage);
        } catch (IOException | RuntimeException e) {
            if (file != null) {
                try {
                    file.close();
                } catch (IOException secondary) {
                    e.addSuppressed(secondary);
                }
            }
            if (e instanceof RuntimeException runtime) {
                throw runtime;
            }
            throw new UncheckedIOException(path + " cannot be recovered: " + e, (IOException) e);
        }
    }

    private static final class State {
        private final Map<Integer, XdfStreamState> streams = new TreeMap<>();
        private List<XdfReader.Damage> damage = List.of();
        private long keep;
        private long lastGroup = -1;
    }

    private static State scan(Path path) {
        State state = new State();
        if (isEmpty(path)) {
            return state;
        }
        List<Runnable> uncommitted = new ArrayList<>();
        boolean samples = false;
        boolean commits = false;
        try (XdfReader reader = XdfReader.open(path)) {
            for (Optional<XdfEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
                XdfEvent event = next.get();
                samples |= event instanceof XdfEvent.Samples;
                if (event instanceof XdfEvent.Commit commit) {
                    commits = true;
                    if (commit.valid()) {
                        uncommitted.forEach(Runnable::run);
                        uncommitted.clear();
                        state.keep = reader.position();
                        state.lastGroup = commit.group();
                    }
                } else {
                    effect(state, event, uncommitted);
                }
            }
            state.damage = reader.damage().stream()
                    .filter(fault -> fault.offset() < state.keep)
                    .toList();
        }
        if (state.keep == 0 && (samples || commits)) {
            throw new FormatException(
                    path,
                    0,
                    "no group of this file has a right checksum, so it is not a record that can be continued",
                    "Read it as it is, and record into a new file.");
        }
        return state;
    }

    private static boolean isEmpty(Path path) {
        try {
            return java.nio.file.Files.size(path) == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(path + " cannot be read: " + e, e);
        }
    }

    private static void effect(State state, XdfEvent event, List<Runnable> effects) {
        if (event instanceof XdfEvent.StreamHeader header) {
            effects.add(() -> state.streams.put(header.streamId(), new XdfStreamState(header.header())));
        } else if (event instanceof XdfEvent.Samples block) {
            // Only the numbers are kept, not the block: a group may be large.
            int id = block.samples().streamId();
            int count = block.samples().count();
            double[] stamps = block.samples().stamps();
            double[] ends = count == 0 ? stamps : new double[] {stamps[0], stamps[count - 1]};
            effects.add(() -> state.streams.get(id).saw(count, ends));
        } else if (event instanceof XdfEvent.ClockOffset clock) {
            effects.add(
                    () -> state.streams.get(clock.streamId()).offsets.add(new double[] {clock.time(), clock.offset()}));
        }
    }
}
