package org.anodyne.plugins.instruments.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.anodyne.plugins.instruments.definition.Definition.Alert;
import org.anodyne.plugins.instruments.definition.Definition.Answer;
import org.anodyne.plugins.instruments.definition.Definition.Item;
import org.anodyne.plugins.instruments.definition.Definition.Licence;
import org.anodyne.plugins.instruments.definition.Definition.Wording;

/**
 * Reads an instrument and refuses one that has faults, with all of them. The form is that of
 * {@code docs/instrument.schema.json}; what a schema cannot say is checked here besides: that what is named exists, that
 * answers lie in their items' range, and that each scale's range is the one that its items and rule lead to.
 */
public final class DefinitionReader {
    /** The version of the form that is read. */
    public static final int FORM = 1;

    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final int LONGEST_ID = 40;
    private static final String PARTICIPANT = "participant";
    private static final String STAFF = "staff";
    private static final int LONGEST_TEXT = 4000;
    private static final double SAME = 1e-9;

    private final List<String> faults = new ArrayList<>();
    private final List<Item> items = new ArrayList<>();
    private final Map<String, List<Answer>> answerLists = new HashMap<>();

    private DefinitionReader() {}

    /**
     * Reads it.
     *
     * @throws DefinitionException with all its faults
     */
    public static Definition read(JsonNode file) throws DefinitionException {
        DefinitionReader reader = new DefinitionReader();
        Definition definition = reader.definition(new Fields(file, "", reader.faults));
        if (!reader.faults.isEmpty()) {
            throw new DefinitionException(
                    "instrument " + (definition.id().isEmpty() ? "without an id" : "'" + definition.id() + "'"),
                    reader.faults);
        }
        return definition;
    }

    private Definition definition(Fields f) {
        if (f.whole("anodyneInstrument") != FORM) {
            f.fault("anodyneInstrument", "should be " + FORM);
        }
        String id = id(f, "id");
        String version = f.text("version");
        String title = f.text("title");
        String language = f.text("language");
        f.textOr("description", "");
        String instruction = f.textOr("instruction", "");
        String code = f.textOr("code", "");
        String filledBy = f.textOr("filledBy", PARTICIPANT);
        if (!filledBy.equals(PARTICIPANT) && !filledBy.equals(STAFF)) {
            f.fault("filledBy", "is '" + filledBy + "'; it can be " + PARTICIPANT + " or " + STAFF);
        }
        for (Fields list : f.objects("answers")) {
            String name = id(list, "id");
            if (answerLists.put(name, answers(list)) != null) {
                list.fault("id", "is that of another list of answers, too: '" + name + "'");
            }
            list.done();
        }
        for (Fields item : f.objects("items")) {
            items.add(item(item, instruction));
        }
        unique(f, "items", items.stream().map(Item::id).toList());
        if (items.isEmpty()) {
            f.fault("items", "holds nothing to ask");
        }
        ScaleReader scaleReader = new ScaleReader(items);
        List<Scale> scales = new ArrayList<>();
        for (Fields scale : f.objects("scales")) {
            scales.add(scaleReader.read(scale, id(scale, "id")));
        }
        unique(f, "scales", scales.stream().map(Scale::id).toList());
        Licence licence = licence(f.needed("licence"));
        Wording wording = wording(f.needed("wording"));
        f.done();
        Definition d = new Definition(
                id,
                version,
                title,
                language,
                instruction,
                code,
                items,
                scales,
                licence,
                wording,
                filledBy.equals(STAFF));
        if (wording.status().equals("absent") == d.worded()) {
            f.fault("wording", d.worded() ? "is there although it is said to be absent" : "of some items is missing");
        }
        if (!licence.shipText() && List.of("own", "compared", "unverified").contains(wording.status())) {
            f.fault("wording", "may not be shipped, as the licence says; leave it out");
        }
        return d;
    }

    private static String id(Fields f, String field) {
        String id = f.text(field);
        if (!id.isEmpty() && (!ID.matcher(id).matches() || id.length() > LONGEST_ID)) {
            f.fault(field, "is '" + id + "'; use up to " + LONGEST_ID + " lower-case letters, digits and hyphens");
        }
        return id;
    }

    private static void unique(Fields f, String field, List<String> ids) {
        Set<String> seen = new HashSet<>();
        ids.stream().filter(id -> !seen.add(id)).forEach(id -> f.fault(field, "holds '" + id + "' twice"));
    }

    private static List<Answer> answers(Fields list) {
        List<Answer> all = new ArrayList<>();
        for (Fields a : list.objects("list")) {
            double value = a.number("value");
            Answer answer = new Answer(value, a.numberOr("counts", value), a.textOr("text", ""), a.textOr("code", ""));
            if (!all.isEmpty() && answer.value() <= all.get(all.size() - 1).value()) {
                a.fault("value", "should be greater than the one before");
            }
            all.add(answer);
            a.done();
        }
        if (all.size() < 2) {
            list.fault("list", "should hold two answers at least");
        }
        return all;
    }

    private Item item(Fields f, String common) {
        String id = id(f, "id");
        if (f.has("longest")) {
            return inWords(f, id, common);
        }
        List<Answer> answers = List.of();
        if (f.has("answers")) {
            String name = f.text("answers");
            answers = answerLists.getOrDefault(name, List.of());
            if (answers.isEmpty()) {
                f.fault("answers", "names the list '" + name + "', which is not there");
            }
        }
        boolean listed = !answers.isEmpty();
        double least = listed ? answers.get(0).value() : f.number("min");
        double greatest = listed ? answers.get(answers.size() - 1).value() : f.number("max");
        double step = listed ? 1 : f.numberOr("step", 1);
        if (listed && (f.has("min") || f.has("max") || f.has("step"))) {
            f.fault("answers", "say which answers there are; leave out min, max and step");
            f.numberOr("min", 0);
            f.numberOr("max", 0);
            f.numberOr("step", 0);
        }
        double steps = (greatest - least) / step;
        if (!(greatest > least) || !(step > 0) || Math.abs(steps - Math.rint(steps)) > SAME) {
            f.fault("max", "should lie a whole number of steps above min");
        }
        Optional<Alert> alert = f.object("alert").map(a -> {
            Alert read = new Alert(a.number("above"), a.text("text"));
            a.done();
            return read;
        });
        Item item = new Item(
                id,
                f.textOr("text", ""),
                f.textOr("instruction", common),
                least,
                f.textOr("minAnchor", ""),
                greatest,
                f.textOr("maxAnchor", ""),
                step,
                f.flagOr("reverse", false),
                f.flagOr("optional", false),
                answers,
                0,
                f.textOr("code", ""),
                alert);
        f.done();
        if (item.reverse() && answers.stream().anyMatch(a -> a.counts() != a.value())) {
            f.fault("reverse", "is not for answers that say what they count; turn those round instead");
        }
        return item;
    }

    private static Item inWords(Fields f, String id, String common) {
        int longest = f.whole("longest");
        if (longest < 1 || longest > LONGEST_TEXT) {
            f.fault("longest", "should be from 1 to " + LONGEST_TEXT + " characters");
        }
        Item item = new Item(
                id,
                f.textOr("text", ""),
                f.textOr("instruction", common),
                0,
                "",
                0,
                "",
                1,
                false,
                f.flagOr("optional", false),
                List.of(),
                Math.max(1, longest),
                f.textOr("code", ""),
                Optional.empty());
        f.done();
        return item;
    }

    private static Licence licence(Fields f) {
        Licence licence = new Licence(
                f.oneOf("status", List.of("own", "free", "open", "owned", "unclear")),
                f.flag("shipText"),
                f.text("evidence"),
                f.textOr("attribution", ""),
                f.textOr("notice", ""));
        f.done();
        return licence;
    }

    private static Wording wording(Fields f) {
        Wording wording = new Wording(
                f.oneOf("status", List.of("own", "compared", "unverified", "absent", "lab")), f.text("source"));
        f.done();
        return wording;
    }
}
