package org.anodyne.plugins.bitalino;

/** What is connected to an input, and how its raw value becomes a quantity. */
enum Signal {
    /** Electrocardiogram, mV; gain 1100. */
    ECG("mV"),
    /** Electromyogram, mV; gain 1009. */
    EMG("mV"),
    /** Skin conductance of the (r)evolution board, µS. */
    EDA("uS"),
    /** Skin conductance of the older board, µS. */
    EDA_OLD("uS"),
    /** The value as it comes. */
    RAW("a.u.");

    private static final double SUPPLY = 3.3;
    private static final double ECG_GAIN = 1100;
    private static final double EMG_GAIN = 1009;
    private static final double EDA_SLOPE = 0.132;

    private final String unit;

    Signal(String unit) {
        this.unit = unit;
    }

    String unit() {
        return unit;
    }

    /** As BIDS and XDF name it. */
    String type() {
        return switch (this) {
            case ECG, EMG, EDA -> name();
            case EDA_OLD -> "EDA";
            case RAW -> "MISC";
        };
    }

    /**
     * The quantity.
     *
     * @param greatest raw value of a full scale: 1023, or 63 for the inputs with six bits
     */
    double of(int raw, int greatest) {
        double share = (double) raw / greatest;
        return switch (this) {
            case ECG -> (share - 0.5) * SUPPLY / ECG_GAIN * 1000;
            case EMG -> (share - 0.5) * SUPPLY / EMG_GAIN * 1000;
            case EDA -> raw / (greatest + 1.0) * SUPPLY / EDA_SLOPE;
            // At full scale the divider is open: the value just below stands for it.
            case EDA_OLD -> 1 / (1 - Math.min(raw, greatest - 1) / (double) greatest);
            case RAW -> raw;
        };
    }
}
