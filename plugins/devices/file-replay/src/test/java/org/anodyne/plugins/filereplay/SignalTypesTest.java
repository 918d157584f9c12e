package org.anodyne.plugins.filereplay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignalTypesTest {
    @ParameterizedTest
    @CsvSource({
        "EEG,EEG",
        "EEG Fpz-Cz,EEG",
        "Fp1,EEG",
        "POz,EEG",
        "T10,EEG",
        "Cz-A1,EEG",
        "EOG horizontal,EOG",
        "ECG,ECG",
        "EKG1,ECG",
        "Resp,RESP",
        "Resp oro-nasal,RESP",
        "GSR,EDA",
        "EDA,EDA",
        "EMG submental,EMG",
        "Temp rectal,TEMP",
        "Status,TRIG",
        "foo,MISC",
        "Fz17,MISC",
        "BVP,PPG"
    })
    void typeFollowsFromTheLabel(String label, String type) {
        assertEquals(type, SignalTypes.ofLabel(label));
    }

    @Test
    void unitsAreSpelledOneWay() {
        assertEquals("uV", SignalTypes.unit("\u00B5V"));
        assertEquals("uV", SignalTypes.unit("microvolts"));
        assertEquals("uS", SignalTypes.unit("\u03BCS"));
        assertEquals("a.u.", SignalTypes.unit(" "));
        assertEquals("mmHg", SignalTypes.unit("mmHg"));
    }
}
