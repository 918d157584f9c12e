package org.anodyne.plugins.instruments;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.anodyne.plugins.instruments.definition.Definition;
import org.anodyne.plugins.instruments.definition.Definition.Item;

/**
 * What was answered of one instrument since it was last scored. It is complete when each item was answered or given up; an item
 * that is asked again before keeps its newest answer. Thread: the lane.
 */
final class Asking {
    private final Definition definition;
    private final Map<String, Double> answers = new LinkedHashMap<>();
    private final Set<String> written = new LinkedHashSet<>();
    private final Set<String> missed = new HashSet<>();
    private final Map<String, Double> baseline = new TreeMap<>();
    private boolean told;

    Asking(Definition definition, Map<String, Double> baseline) {
        this.definition = definition;
        this.baseline.putAll(baseline);
    }

    void answered(String item, double value) {
        missed.remove(item);
        answers.put(item, value);
    }

    /** It was answered in words, which are not kept here. */
    void written(String item) {
        missed.remove(item);
        written.add(item);
    }

    void missed(String item) {
        answers.remove(item);
        written.remove(item);
        missed.add(item);
    }

    boolean complete() {
        return answers.size() + written.size() + missed.size()
                == definition.items().size();
    }

    Map<String, Double> answers() {
        return answers;
    }

    /** Items that were answered in words. */
    Set<String> written() {
        return written;
    }

    /** Scores that later ones are compared with, by scale: given, or the first of the session. */
    Map<String, Double> baseline() {
        return baseline;
    }

    /** Begins anew; what was scored now is the baseline of scales that had none. */
    void scored(Map<String, Double> scores) {
        scores.forEach(baseline::putIfAbsent);
        answers.clear();
        written.clear();
        missed.clear();
    }

    /** True the first time only: whether the instrument has yet to be put into the record. */
    boolean tell() {
        boolean first = !told;
        told = true;
        return first;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeUTF(definition.id());
        out.writeBoolean(told);
        write(out, answers);
        write(out, written);
        write(out, missed);
        write(out, baseline);
    }

    private static void write(DataOutputStream out, Set<String> items) throws IOException {
        out.writeInt(items.size());
        for (String item : items) {
            out.writeUTF(item);
        }
    }

    private static void write(DataOutputStream out, Map<String, Double> values) throws IOException {
        out.writeInt(values.size());
        for (Map.Entry<String, Double> e : values.entrySet()) {
            out.writeUTF(e.getKey());
            out.writeDouble(e.getValue());
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws IllegalArgumentException when it is of another instrument, or of items that this one does not have
     */
    Runnable read(DataInputStream in) throws IOException {
        if (!in.readUTF().equals(definition.id())) {
            throw new IllegalArgumentException("another instrument");
        }
        boolean wasTold = in.readBoolean();
        Map<String, Double> given = read(in, definition.items().size());
        Set<String> inWords = readItems(in);
        Set<String> without = readItems(in);
        Map<String, Double> before = read(in, definition.scales().size());
        boolean fits = given.entrySet().stream().allMatch(e -> definition
                        .item(e.getKey())
                        .filter(i -> i.objection(e.getValue()).isEmpty())
                        .isPresent())
                && inWords.stream()
                        .allMatch(i -> definition.item(i).filter(Item::inWords).isPresent())
                && without.stream().allMatch(i -> definition.item(i).isPresent());
        if (!fits) {
            throw new IllegalArgumentException("other items");
        }
        return () -> {
            told = wasTold;
            answers.clear();
            answers.putAll(given);
            written.clear();
            written.addAll(inWords);
            missed.clear();
            missed.addAll(without);
            baseline.clear();
            baseline.putAll(before);
        };
    }

    private static Map<String, Double> read(DataInputStream in, int most) throws IOException {
        int size = in.readInt();
        if (size < 0 || size > most) {
            throw new IllegalArgumentException("more than there are");
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            values.put(in.readUTF(), in.readDouble());
        }
        return values;
    }

    private static Set<String> readItems(DataInputStream in) throws IOException {
        Set<String> items = new LinkedHashSet<>();
        for (int left = in.readInt(); left > 0; left--) {
            items.add(in.readUTF());
        }
        return items;
    }
}
