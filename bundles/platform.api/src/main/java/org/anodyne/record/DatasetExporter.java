package org.anodyne.record;

import java.nio.file.Path;
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
}
