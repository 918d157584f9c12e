package org.anodyne.measures.table;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Analytes whose usual spelling is known, some with the LOINC code of their mass concentration in serum or plasma. Only codes
 * that laboratories' catalogues agree on are here; for interleukin 4 and brain-derived neurotrophic factor there is none. Any
 * other analyte may be measured as well.
 */
public final class Analytes {
    private static final Map<String, String> SPELLINGS = new HashMap<>();
    private static final Map<String, String> LOINC =
            Map.of("IL-6", "26881-3", "TNF-alpha", "3074-2", "CRP", "1988-5", "hsCRP", "30522-7", "IL-2", "33939-0");

    static {
        known("IL-6", "il6", "interleukin6");
        known("IL-2", "il2", "interleukin2");
        known("IL-4", "il4", "interleukin4");
        known("TNF-alpha", "tnfalpha", "tnfa", "tumornecrosisfactoralpha", "tumournecrosisfactoralpha");
        known("CRP", "crp", "creactiveprotein");
        known("hsCRP", "hscrp", "highsensitivitycrp", "highsensitivitycreactiveprotein");
        known("BDNF", "bdnf", "brainderivedneurotrophicfactor");
    }

    private Analytes() {}

    private static void known(String name, String... spellings) {
        for (String s : spellings) {
            SPELLINGS.put(s, name);
        }
    }

    /** What is the same of spellings that mean one analyte: lower-case letters and digits, Greek letters by name. */
    public static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKD)
                .toLowerCase(Locale.ROOT)
                .replace("α", "alpha")
                .replace("β", "beta")
                .replace("γ", "gamma")
                .replaceAll("[^a-z0-9]", "");
    }

    /** The usual spelling of an analyte, or the one given when it is not known. */
    public static String name(String given) {
        return SPELLINGS.getOrDefault(plain(given), given);
    }

    /**
     * The LOINC code of a measure.
     *
     * @param unit a unit that {@link Ucum} takes
     */
    public static Optional<String> loinc(String analyte, String specimen, String unit) {
        String of = specimen.toLowerCase(Locale.ROOT);
        boolean blood = of.equals("serum") || of.equals("plasma");
        boolean concentration =
                Ucum.of(unit).map(Ucum.Dimension::massConcentration).orElse(false);
        return blood && concentration ? Optional.ofNullable(LOINC.get(analyte)) : Optional.empty();
    }
}
