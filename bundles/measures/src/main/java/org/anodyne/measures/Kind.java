package org.anodyne.measures;

import java.util.List;
import java.util.Locale;

/** What a table holds, and its columns; a published schema of the same is in {@code docs/measures.schema.json}. */
public enum Kind {
    /** What a laboratory found in a sample. */
    ASSAY(List.of(
            new Column("participant", true, "Code of the participant"),
            new Column("visit", true, "Code of the visit"),
            new Column("sampled", true, "When the sample was taken"),
            new Column("analyte", true, "What was measured"),
            new Column("specimen", true, "What it was measured in, such as serum or plasma"),
            new Column("value", false, "What came out; n/a where it is below the limit of detection"),
            new Column("unit", true, "Unit of value and detection_limit, a UCUM code"),
            new Column("below_detection", false, "Whether it is below the limit of detection: yes or no"),
            new Column("detection_limit", false, "Least amount that the method detects"),
            new Column("laboratory", true, "Who measured it"),
            new Column("method", true, "How: kind of assay, kit, lot"),
            new Column("sample", false, "The laboratory's number of the sample"),
            new Column("replicate", false, "Number of the measurement where one sample was measured repeatedly"),
            new Column("comment", false, "Remark"))),
    /** What a pipeline computed from pictures of the brain. */
    IMAGING(List.of(
            new Column("participant", true, "Code of the participant"),
            new Column("visit", true, "Code of the visit"),
            new Column("acquired", true, "When the pictures were taken"),
            new Column("modality", true, "Kind of pictures, such as T1w, bold, dwi, asl, pet, eeg"),
            new Column("region", false, "Region that was measured, as the atlas calls it"),
            new Column("network", false, "Network that was measured, as the atlas calls it"),
            new Column("to", false, "Other end of a connection: a region or network"),
            new Column("hemisphere", false, "left, right or both"),
            new Column("metric", true, "What was measured, such as thickness or connectivity"),
            new Column("value", true, "What came out"),
            new Column("unit", true, "Unit of the value, a UCUM code; 1 for a plain number"),
            new Column("atlas", true, "Atlas with its version; none where there is none"),
            new Column("pipeline", true, "Program that computed it"),
            new Column("pipeline_version", true, "Its version"),
            new Column("comment", false, "Remark")));

    /**
     * A column.
     *
     * @param required whether it has to be there, with something in each row
     */
    public record Column(String name, boolean required, String description) {}

    private final List<Column> columns;

    Kind(List<Column> columns) {
        this.columns = columns;
    }

    /** All columns that there may be, in the order in which they are written. */
    public List<Column> columns() {
        return columns;
    }

    /** As people and files write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
