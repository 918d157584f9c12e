package org.anodyne.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.osgi.annotation.versioning.ConsumerType;

/** A measurement that anybody can repeat. A service. */
@ConsumerType
public interface Benchmark {
    /** Name as typed: {@code anodyne bench NAME}. */
    String name();

    /** What is measured, in one line. */
    String title();

    /**
     * Measures. Thread: the caller's; may take minutes.
     *
     * @param settings {@code name=value} as typed after the name; unknown names are refused
     * @param folder scratch folder, deleted afterwards
     * @param progress takes a line for people now and then
     * @return figures: {@code Number}, {@code String}, {@code Boolean}, or maps and lists of them, in the order of display
     * @throws IllegalArgumentException when a setting is not understood
     */
    Map<String, Object> run(Map<String, String> settings, Path folder, Consumer<String> progress) throws Exception;

    /**
     * The figures as a person wants to see them.
     *
     * @param figures as {@link #run} gave them
     * @return lines; empty for one line a figure
     */
    default List<String> table(Map<String, Object> figures) {
        return List.of();
    }
}
