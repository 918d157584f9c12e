package org.anodyne.record;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** Makes a dataset and a report of a record. A service. */
@ProviderType
public interface DatasetExporter {
    /**
     * Writes {@code bids/}, {@code report.html} and {@code summary.json} into a folder; each is complete or absent.
     *
     * @param record an opened record
     * @param outcome how the session ended: COMPLETED or ABORTED and the reason, and further facts for the summary
     * @return the summary, as in {@code summary.json}
     */
    Map<String, Object> export(RecordReader.Record record, Map<String, Object> outcome, Path folder);

    /**
     * Computes the outcomes that a study names over records of one or many sessions, participants and visits, and writes
     * {@code outcomes.tsv} with its data dictionary {@code outcomes.json}, {@code responders.tsv} where some are asked for, and a page,
     * {@code outcomes.html}. What is missing is a row with its reason.
     *
     * @param records opened records, in any order
     * @param definitions YAML text with a list {@code outcomes}; empty for those of each record's own protocol
     * @param phases names of phases in the definitions to ids of phases in the records, where they differ
     * @return figures for people: {@code sessions}, {@code participants}, {@code rows}, {@code missing}
     * @throws IllegalArgumentException when the definitions have faults, or there are none
     */
    Map<String, Object> outcomes(
            List<RecordReader.Record> records, String definitions, Map<String, String> phases, Path folder);

    /**
     * A questionnaire that was filled in outside a session.
     *
     * @param visit which visit it belongs to, in the words of whoever filled it in; may be empty
     * @param at when it was filled in
     * @param instrument the instrument as it was asked: attributes of the event {@code instrument}
     * @param score what came of it: attributes of the event {@code score}
     */
    record Filled(
            String participant, String visit, Instant at, Map<String, Object> instrument, Map<String, Object> score) {}

    /**
     * Writes {@code INSTRUMENT.tsv} with its data dictionary {@code INSTRUMENT.json} into a folder for each instrument, a row
     * for each time that it was filled in; {@code INSTRUMENT_vVERSION_LANGUAGE} where an instrument was filled in in several
     * versions or languages. Files of the same names are replaced, each at once.
     */
    void phenotype(List<Filled> filled, Path folder);
}
