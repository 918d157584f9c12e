package org.anodyne.plugins.bitalino;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The answer to the state command.
 *
 * @param analog raw values of A1–A6
 * @param battery raw value
 * @param threshold battery threshold, 0–63 for 3.4–3.8 V
 * @param pwm the analogue output, empty before version 5.2
 * @param digital I1, I2, O1, O2 from bit 3 down
 */
record DeviceState(int[] analog, int battery, int threshold, Optional<Integer> pwm, int digital) {
    static final int LENGTH = 16;
    static final int LENGTH_WITH_PWM = 17;

    private static final double LEAST_VOLTS = 3.4;
    private static final double RANGE_VOLTS = 0.4;

    /** Reads it; empty when the length or the CRC is wrong. */
    static Optional<DeviceState> read(byte[] bytes) {
        if (bytes.length != LENGTH && bytes.length != LENGTH_WITH_PWM || !Crc4.holds(bytes, 0, bytes.length)) {
            return Optional.empty();
        }
        int[] analog = new int[6];
        for (int i = 0; i < analog.length; i++) {
            analog[i] = word(bytes, 2 * i);
        }
        return Optional.of(new DeviceState(
                analog,
                word(bytes, 12),
                bytes[14] & 0xFF,
                bytes.length == LENGTH_WITH_PWM ? Optional.of(bytes[15] & 0xFF) : Optional.empty(),
                bytes[bytes.length - 1] >> 4 & 0x0F));
    }

    private static int word(byte[] bytes, int at) {
        return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
    }

    /** For an event. */
    Map<String, Object> attributes(String version) {
        Map<String, Object> all = new HashMap<>();
        all.put("version", version);
        all.put("batteryRaw", (long) battery);
        all.put("batteryThresholdVolts", LEAST_VOLTS + RANGE_VOLTS * threshold / 63);
        all.put("digital", (long) digital);
        pwm.ifPresent(value -> all.put("pwm", (long) value));
        return all;
    }
}
