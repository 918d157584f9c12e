package org.anodyne.measures.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anodyne.measures.table.Ucum.Dimension;
import org.junit.jupiter.api.Test;

class UcumTest {
    private static final List<String> NONE = List.of(
            "", " ", "pg / mL", "pg/", "µg/L", "IU/mL", "mcg/L", "nM", "ng/ml/", "(g/L", "g)/L", "g//L", "mL^2", "{a",
            "a}", "%%", "kmin", "mmin", "k%", "g-", "m1000", "percent", "units", "mg/dl1x", "[IU", "10*x", "pg·mL-1",
            "xg");

    /** The list is also held against the units that the FHIR validator knows, in {@code FhirValidatorTest}. */
    @Test
    void unitsOfLaboratoriesAndImagingAreTaken() throws IOException {
        Files.readAllLines(Path.of("src/test/resources/units.txt"))
                .forEach(u -> assertTrue(Ucum.of(u).isPresent(), u));
    }

    @Test
    void whatIsNoUnitIsNotTaken() {
        NONE.forEach(u -> assertEquals(Optional.empty(), Ucum.of(u), u));
    }

    @Test
    void whatAUnitMeasuresFollowsFromItsParts() {
        for (String u : List.of("pg/mL", "ng/L", "mg/dL", "g/m3", "mg/(10.L)", "g.L-1", "ug/mL{serum}")) {
            assertTrue(Ucum.of(u).orElseThrow().massConcentration(), u);
        }
        for (String u : List.of("nmol/L", "[IU]/mL", "mg", "g/mol", "1/L", "mL/g", "mg/L/s", "g/m2")) {
            assertTrue(!Ucum.of(u).orElseThrow().massConcentration(), u);
        }
        assertEquals(new Dimension(2, 0, -1, 0, 0), Ucum.of("um2/ms").orElseThrow());
        // a/b.c is a/b times c
        assertEquals(new Dimension(0, 1, 1, 0, 0), Ucum.of("g/L.L.s").orElseThrow());
        assertEquals(new Dimension(0, 0, -1, 0, 0), Ucum.of("/min").orElseThrow());
    }

    @Test
    void whatWasProbablyMeantIsAUnit() {
        Map<String, String> meant = Map.ofEntries(
                Map.entry("µg/L", "ug/L"),
                Map.entry("pg / ml", "pg/mL"),
                Map.entry("IU/mL", "[IU]/mL"),
                Map.entry("mIU/L", "m[IU]/L"),
                Map.entry("mcg/dL", "ug/dL"),
                Map.entry("nM", "nmol/L"),
                Map.entry("ratio", "1"),
                Map.entry("percent", "%"),
                Map.entry("x10^9/L", "10*9/L"),
                Map.entry("mm³", "mm3"),
                Map.entry("°C", "Cel"));
        meant.forEach((text, code) -> {
            assertEquals(Optional.of(code), Ucum.meant(text), text);
            assertTrue(Ucum.of(code).isPresent(), code);
        });
        assertEquals(Optional.empty(), Ucum.meant("bananas"));
    }
}
