package org.anodyne.formats.edf;

import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;

/**
 * Header of a file.
 *
 * @param kind member of the family
 * @param patient the patient field as stored, without padding
 * @param recording the recording field as stored, without padding
 * @param start date and time of the start, local to the recorder, whole seconds; empty when the file gives nonsense
 * @param recordSeconds length of a data record in seconds; 0 only in a file of annotations alone
 * @param signals the ordinary signals, annotation signals left out
 */
public record EdfHeader(
        EdfKind kind,
        String patient,
        String recording,
        Optional<LocalDateTime> start,
        double recordSeconds,
        List<EdfSignal> signals) {
    public EdfHeader {
        signals = List.copyOf(signals);
    }

    /** Samples per second of a signal. */
    public double rate(int signal) {
        return signals.get(signal).samplesPerRecord() / recordSeconds;
    }
}
