package org.anodyne.safety.limit;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.anodyne.plugin.safety.Limit;

/**
 * What a site says of the limits. A text file, one statement a line, {@code #} begins a comment:
 *
 * <pre>
 * limit tens.charge.microcoulombPerPhase = 20
 * raise tes.density.milliamperePerSquareCentimetre = 0.1 by "Name" on 2026-11-02 until 2027-03-31 because "study 12"
 * modality my-stimulator = tens
 * </pre>
 *
 * {@code limit} may only make a limit stricter. {@code raise} needs who, when, until and why, and goes no further than
 * the ceiling that the platform sets; after its last day the default holds again. A file with faults permits nothing.
 *
 * @param text the file, whole; empty when there is none
 * @param sha256 of the file's bytes
 * @param limits as they stand in the file, without the approvals
 * @param raised approvals
 * @param modalities plug-in to kind of stimulation
 * @param faults with line numbers; nothing is permitted unless empty
 */
public record SitePolicy(
        String text,
        String sha256,
        Map<String, Limit> limits,
        List<Raise> raised,
        Map<String, String> modalities,
        List<String> faults) {
    private static final Pattern LIMIT = Pattern.compile("limit\\s+(\\S+)\\s*=\\s*(\\S+)");
    private static final Pattern RAISE =
            Pattern.compile("raise\\s+(\\S+)\\s*=\\s*(\\S+)\\s+by\\s+\"([^\"]*)\"\\s+on\\s+"
                    + "(\\S+)\\s+until\\s+(\\S+)\\s+because\\s+\"([^\"]*)\"");
    private static final Pattern MODALITY = Pattern.compile("modality\\s+([a-z0-9-]+)\\s*=\\s*(\\S+)");
    private static final Set<String> MODALITIES = Set.of("tms", "tes", "tens", "thermal", "none");
    private static final int LONGEST = 100_000;

    /** A limit that somebody may go beyond for a time. */
    public record Raise(Known limit, double value, String by, LocalDate on, LocalDate until, String because) {}

    /** Reads the file; one that is not there leaves the defaults. */
    public static SitePolicy read(Path file) {
        if (!Files.exists(file)) {
            return parse("");
        }
        try {
            if (Files.size(file) > LONGEST) {
                return bad("", file + " has more than " + LONGEST + " bytes");
            }
            return parse(Files.readString(file));
        } catch (CharacterCodingException e) {
            return bad("", file + " is no UTF-8 text");
        } catch (IOException e) {
            return bad("", file + " cannot be read: " + e.getMessage());
        }
    }

    private static SitePolicy bad(String text, String fault) {
        return new SitePolicy(text, sha256(text), Known.defaults(), List.of(), Map.of(), List.of(fault));
    }

    /** Reads a policy's text. */
    public static SitePolicy parse(String text) {
        Reading r = new Reading();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            String statement = comment(line).strip();
            if (!statement.isEmpty()) {
                r.line(number, statement);
            }
        }
        return new SitePolicy(text, sha256(text), r.limits, r.raised, r.modalities, List.copyOf(r.faults));
    }

    private static String comment(String line) {
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            if (line.charAt(i) == '"') {
                quoted = !quoted;
            } else if (line.charAt(i) == '#' && !quoted) {
                return line.substring(0, i);
            }
        }
        return line;
    }

    private static final class Reading {
        private final Map<String, Limit> limits = new LinkedHashMap<>(Known.defaults());
        private final List<Raise> raised = new ArrayList<>();
        private final Map<String, String> modalities = new HashMap<>();
        private final List<String> faults = new ArrayList<>();
        private final Set<String> said = new HashSet<>();

        private void line(int number, String statement) {
            Matcher limit = LIMIT.matcher(statement);
            Matcher raise = RAISE.matcher(statement);
            Matcher modality = MODALITY.matcher(statement);
            String fault;
            if (limit.matches()) {
                fault = limit(limit);
            } else if (raise.matches()) {
                fault = raise(raise);
            } else if (modality.matches()) {
                fault = modality(modality);
            } else {
                fault = "'" + statement + "' is no statement; write  limit NAME = NUMBER,  raise NAME = NUMBER by"
                        + " \"NAME\" on DATE until DATE because \"REASON\",  or  modality PLUGIN = KIND";
            }
            if (!fault.isEmpty()) {
                faults.add("line " + number + ": " + fault);
            }
        }

        private String limit(Matcher m) {
            Known known = Known.of(m.group(1));
            Double value = number(m.group(2));
            String fault = check(known, m.group(1), value, m.group(2));
            if (!fault.isEmpty()) {
                return fault;
            }
            if (known.permitsMore(value, known.standard())) {
                return known.id() + " = " + m.group(2) + " permits more than the default "
                        + text(known.standard()) + "; that needs an approval: raise " + known.id() + " = " + m.group(2)
                        + " by \"NAME\" on DATE until DATE because \"REASON\"";
            }
            if (!said.add("limit " + known.id())) {
                return known.id() + " is limited twice";
            }
            limits.put(known.id(), new Limit(known.id(), value, "policy of this site"));
            return "";
        }

        private String raise(Matcher m) {
            Known known = Known.of(m.group(1));
            Double value = number(m.group(2));
            String fault = check(known, m.group(1), value, m.group(2));
            if (!fault.isEmpty()) {
                return fault;
            }
            if (known.permitsMore(value, known.ceiling())) {
                return known.id() + " = " + m.group(2) + " goes beyond " + text(known.ceiling())
                        + ", which no approval may exceed";
            }
            if (m.group(3).isBlank() || m.group(6).isBlank()) {
                return "an approval names who gave it and why";
            }
            try {
                LocalDate on = LocalDate.parse(m.group(4));
                LocalDate until = LocalDate.parse(m.group(5));
                if (until.isBefore(on)) {
                    return "the approval ends before it begins";
                }
                if (!said.add("raise " + known.id())) {
                    return known.id() + " is raised twice";
                }
                raised.add(new Raise(known, value, m.group(3), on, until, m.group(6)));
                return "";
            } catch (DateTimeParseException e) {
                return "'" + e.getParsedString() + "' is no date; write e.g. 2026-11-02";
            }
        }

        private String modality(Matcher m) {
            if (!MODALITIES.contains(m.group(2))) {
                return "'" + m.group(2) + "' is no kind of stimulation; there is: tms, tes, tens, thermal, none";
            }
            return modalities.put(m.group(1), m.group(2)) == null ? "" : m.group(1) + " is named twice";
        }

        private static String check(Known known, String name, Double value, String written) {
            if (known == null) {
                return "no limit is called '" + name + "'; their names are in docs/safety.md";
            }
            return value == null ? "'" + written + "' is no number that is finite and not negative" : "";
        }

        private static Double number(String text) {
            try {
                double value = Double.parseDouble(text);
                return Double.isFinite(value) && value >= 0 ? value : null;
            } catch (NumberFormatException e) {
                return null;
            }
        }
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }

    /** The limits as they hold on a day. */
    public Map<String, Limit> on(LocalDate day) {
        Map<String, Limit> all = new LinkedHashMap<>(limits);
        for (Raise r : raised) {
            if (!day.isBefore(r.on) && !day.isAfter(r.until)) {
                String source = "raised for this site by " + r.by + " until " + r.until + " because " + r.because
                        + "; default " + text(r.limit.standard()) + ": " + r.limit.source();
                all.put(r.limit.id(), new Limit(r.limit.id(), r.value, source));
            }
        }
        return all;
    }

    /** What stands in the record of a session. */
    public Map<String, Object> facts(LocalDate day) {
        Map<String, Object> values = new TreeMap<>();
        on(day).forEach((name, limit) -> values.put(name, limit.value()));
        return Map.of("sha256", sha256, "text", text, "limits", values, "faults", faults);
    }
}
