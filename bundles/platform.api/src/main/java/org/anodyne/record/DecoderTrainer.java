package org.anodyne.record;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Trains a decoder of pain on records of calibration sessions of one participant. Thread: any. */
@ProviderType
public interface DecoderTrainer {
    /**
     * A record and where it lies.
     *
     * @param folder of its segments, or one of them; what is in it is hashed
     */
    record Source(RecordReader.Record record, Path folder) {}

    /**
     * Trains by the rule that the records' own protocol states, on features exactly as they were published online, and writes
     * the model and a page about it. The same records give the same bytes.
     *
     * @param sources one or more records of one participant, made with the same features and the same rule
     * @param slot slot of the decoder; empty for the only one that has a rule of training
     * @param model file to write, JSON
     * @param page file to write, HTML
     * @return {@code sha256} of the model file, and the figures as they stand in it
     * @throws RecordException with a sentence for a person, when nothing can be trained on them; nothing is written then
     */
    Map<String, Object> train(List<Source> sources, String slot, Path model, Path page);
}
