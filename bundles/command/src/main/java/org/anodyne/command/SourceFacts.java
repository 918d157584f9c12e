package org.anodyne.command;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.anodyne.formats.FormatException;
import org.anodyne.formats.Recording;
import org.anodyne.formats.SignalGroup;
import org.anodyne.plugin.Delay;
import org.anodyne.session.SessionEngine.Chain;
import org.anodyne.session.SessionEngine.Lag;

/** What is known of sources before they are open: rates of recordings, and what a person tells of devices. */
final class SourceFacts {
    private SourceFacts() {}

    /**
     * Sampling rates by slot: those told, and those of recordings that have one and the same for all of their signals. What cannot be read
     * is left out; a session refuses it with the reason.
     *
     * @param inputs slot to recording or device
     * @param told slot to hertz, goes before what a recording says
     */
    static Map<String, Double> rates(Map<String, String> inputs, Map<String, Double> told) {
        Map<String, Double> rates = new LinkedHashMap<>();
        inputs.forEach((slot, input) -> recorded(input).ifPresent(rate -> rates.put(slot, rate)));
        told.forEach((slot, rate) -> {
            if (!(rate > 0) || rate.isInfinite()) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT,
                        "--rate " + slot + "=" + rate + ": a sampling rate is above 0 Hz, e.g. --rate " + slot
                                + "=500");
            }
            rates.put(slot, rate);
        });
        return rates;
    }

    /** Refuses rates of slots that begin no chain: who misspelt one would wonder why nothing is stated. */
    static void known(List<Chain> chains, Set<String> slots) {
        for (String slot : slots) {
            if (chains.stream().noneMatch(c -> c.slots().contains(slot))) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT, "--rate " + slot + "=…: slot '" + slot + "' is in no chain here");
            }
        }
    }

    private static Optional<Double> recorded(String input) {
        try {
            Path file = Path.of(input);
            if (!Files.isRegularFile(file)) {
                return Optional.empty();
            }
            try (Recording recording = Recording.open(file, Recording.Truncated.ACCEPT)) {
                Set<Double> rates = recording.groups().stream()
                        .filter(SignalGroup::regular)
                        .map(SignalGroup::rate)
                        .collect(Collectors.toCollection(TreeSet::new));
                return rates.size() == 1 ? Optional.of(rates.iterator().next()) : Optional.empty();
            }
        } catch (InvalidPathException | FormatException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts in what a person tells of how late amplifiers are, where their plug-ins state nothing.
     *
     * @param told slot to milliseconds
     */
    static List<Chain> withAcquisition(List<Chain> chains, Map<String, Double> told) {
        told.forEach((slot, millis) -> {
            if (!(millis >= 0) || millis.isInfinite()) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT,
                        "--acquisition " + slot + "=" + millis + ": it takes milliseconds from 0 on");
            }
            if (chains.stream().flatMap(c -> c.delays().stream()).noneMatch(l -> open(l, slot))) {
                throw new CommandFailure(
                        CommandFailure.BAD_INPUT,
                        "--acquisition " + slot + "=" + millis + ": slot '" + slot
                                + "' begins no chain here, or its plug-in states how late it is itself");
            }
        });
        return chains.stream()
                .map(c -> new Chain(
                        c.slots(),
                        c.trigger(),
                        c.delays().stream().map(l -> told(l, told)).toList(),
                        c.hops()))
                .toList();
    }

    private static boolean open(Lag lag, String slot) {
        return lag.slot().equals(slot)
                && lag.stage() == Delay.Stage.ACQUISITION
                && lag.delay().isEmpty();
    }

    private static Lag told(Lag lag, Map<String, Double> told) {
        return told.containsKey(lag.slot()) && open(lag, lag.slot())
                ? new Lag(
                        lag.slot(),
                        lag.stage(),
                        Optional.of(Delay.of(
                                "", lag.stage(), told.get(lag.slot()) / 1e3, "told by --acquisition, not measured")))
                : lag;
    }
}
