package org.anodyne.formats.edf;

/**
 * An ordinary signal.
 *
 * @param label name, such as {@code EEG Fpz-Cz}; at most 16 ASCII characters when written
 * @param transducer kind of sensor; at most 80
 * @param unit physical unit, such as {@code uV}; at most 8
 * @param physicalMin physical value of {@code digitalMin}
 * @param physicalMax physical value of {@code digitalMax}
 * @param digitalMin smallest stored value
 * @param digitalMax largest stored value
 * @param prefilter filters applied, such as {@code HP:0.1Hz LP:75Hz}; at most 80
 * @param samplesPerRecord samples in each data record
 */
public record EdfSignal(
        String label,
        String transducer,
        String unit,
        double physicalMin,
        double physicalMax,
        int digitalMin,
        int digitalMax,
        String prefilter,
        int samplesPerRecord) {

    /** A signal that uses the whole range of 16 bits. */
    public static EdfSignal of(
            String label, String unit, double physicalMin, double physicalMax, int samplesPerRecord) {
        return new EdfSignal(label, "", unit, physicalMin, physicalMax, -32768, 32767, "", samplesPerRecord);
    }

    /** Physical units per digital step; 1 when the file gives no physical range. */
    public double gain() {
        double range = physicalMax - physicalMin;
        return range == 0 ? 1 : range / ((double) digitalMax - digitalMin);
    }

    /** Physical value of a stored one. */
    public double physical(int digital) {
        return physicalMax == physicalMin ? digital : (digital - (double) digitalMin) * gain() + physicalMin;
    }
}
