package org.anodyne.formats.edf;

/** The members of the family. */
public enum EdfKind {
    /** European Data Format (1992): 16-bit samples, continuous, no annotations. */
    EDF("EDF", 2),
    /** EDF+ (2003), continuous. */
    EDF_PLUS_C("EDF+C", 2),
    /** EDF+, interrupted: each data record has its own time. */
    EDF_PLUS_D("EDF+D", 2),
    /** BioSemi's 24-bit variant. */
    BDF("BDF", 3),
    /** BDF with annotations, continuous. */
    BDF_PLUS_C("BDF+C", 3),
    /** BDF with annotations, interrupted. */
    BDF_PLUS_D("BDF+D", 3);

    private final String label;
    private final int sampleBytes;

    EdfKind(String label, int sampleBytes) {
        this.label = label;
        this.sampleBytes = sampleBytes;
    }

    /** Name, such as {@code EDF+C}. */
    public String label() {
        return label;
    }

    /** Bytes of one sample: 2 or 3. */
    public int sampleBytes() {
        return sampleBytes;
    }

    /** Whether data records may have gaps between them. */
    public boolean interrupted() {
        return this == EDF_PLUS_D || this == BDF_PLUS_D;
    }
}
