package org.anodyne.formats.xdf;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * A whole XDF file in memory; for long recordings use {@link XdfReader}.
 *
 * @param path the file
 * @param header the file header; empty when it is missing or damaged
 * @param streams streams in the order of their headers
 * @param tornBytes bytes at the end that are no whole chunk
 * @param damage what could not be read
 */
public record XdfFile(
        Path path,
        Optional<XdfEvent.FileHeader> header,
        List<Stream> streams,
        long tornBytes,
        List<XdfReader.Damage> damage) {

    /**
     * A stream.
     *
     * @param id its number in the file
     * @param header what it says about itself
     * @param blocks its blocks as they were written
     * @param offsets measurements of its clock
     * @param footer empty when the stream was not closed
     */
    public record Stream(
            int id,
            XdfStreamHeader header,
            List<XdfSamples> blocks,
            List<XdfEvent.ClockOffset> offsets,
            Optional<XdfEvent.StreamFooter> footer) {

        /** Number of samples. */
        public long sampleCount() {
            return blocks.stream().mapToLong(XdfSamples::count).sum();
        }

        /** Stamps of all samples as stored, seconds on the clock of the stream. */
        public double[] stamps() {
            return blocks.stream()
                    .flatMapToDouble(b -> java.util.Arrays.stream(b.stamps()))
                    .toArray();
        }

        /** Stamps of all samples on the clock of the recorder: the clock offsets applied, see {@link XdfClockModel}. */
        public double[] synchronisedStamps() {
            XdfClockModel clock = XdfClockModel.fit(offsets);
            return java.util.Arrays.stream(stamps()).map(clock::apply).toArray();
        }

        /**
         * All values of a channel.
         *
         * @throws UnsupportedOperationException when the stream holds text
         */
        public double[] channel(int channel) {
            double[] all = new double[Math.toIntExact(sampleCount())];
            int at = 0;
            for (XdfSamples block : blocks) {
                for (int i = 0; i < block.count(); i++) {
                    all[at++] = block.at(i, channel);
                }
            }
            return all;
        }

        /** All texts of a stream of text, channel after channel within a sample; empty for a stream of numbers. */
        public List<String> texts() {
            List<String> all = new ArrayList<>();
            for (XdfSamples block : blocks) {
                if (block.values() instanceof XdfValues.Text text) {
                    all.addAll(List.of(text.data()));
                }
            }
            return all;
        }
    }

    /**
     * Reads a whole file.
     *
     * @throws org.anodyne.formats.FormatException when it is empty or no XDF file
     * @throws java.io.UncheckedIOException when it cannot be read
     */
    public static XdfFile load(Path path) {
        Map<Integer, Stream> streams = new LinkedHashMap<>();
        Optional<XdfEvent.FileHeader> header = Optional.empty();
        try (XdfReader reader = XdfReader.open(path)) {
            for (Optional<XdfEvent> next = reader.next(); next.isPresent(); next = reader.next()) {
                XdfEvent event = next.get();
                if (event instanceof XdfEvent.FileHeader file) {
                    header = Optional.of(file);
                } else if (event instanceof XdfEvent.StreamHeader stream) {
                    streams.putIfAbsent(
                            stream.streamId(),
                            new Stream(
                                    stream.streamId(),
                                    stream.header(),
                                    new ArrayList<>(),
                                    new ArrayList<>(),
                                    Optional.empty()));
                } else if (event instanceof XdfEvent.Samples block) {
                    streams.get(block.samples().streamId()).blocks().add(block.samples());
                } else if (event instanceof XdfEvent.ClockOffset offset) {
                    streams.get(offset.streamId()).offsets().add(offset);
                } else if (event instanceof XdfEvent.StreamFooter footer) {
                    streams.computeIfPresent(
                            footer.streamId(),
                            (id, s) -> new Stream(id, s.header(), s.blocks(), s.offsets(), Optional.of(footer)));
                }
            }
            return new XdfFile(path, header, List.copyOf(streams.values()), reader.tornBytes(), reader.damage());
        }
    }

    /**
     * The first stream of that name.
     *
     * @throws NoSuchElementException when there is none
     */
    public Stream stream(String name) {
        return streams.stream()
                .filter(s -> s.header().name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NoSuchElementException(path + " has no stream \"" + name + "\""));
    }
}
