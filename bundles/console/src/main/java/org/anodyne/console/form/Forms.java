package org.anodyne.console.form;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.anodyne.console.http.Refusal;
import org.anodyne.plugin.outcome.InstrumentShelf;
import org.anodyne.plugin.outcome.InstrumentShelf.Listed;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;

/**
 * The instruments that are installed, and the lab's own files in {@code instruments/} of the console's folder. The plug-in that
 * has them may come, go and be replaced: it is looked for at each question. Thread: any.
 */
public final class Forms {
    private final BundleContext context;
    private final Path folder;

    /** @param folder of the lab's own files; need not be there */
    public Forms(BundleContext context, Path folder) {
        this.context = context;
        this.folder = folder;
    }

    /** All, by id. */
    public List<Listed> list() {
        return ask(s -> s.list(files()));
    }

    /** An instrument as it is asked. */
    public Map<String, Object> instrument(String id) {
        return ask(s -> s.instrument(id, files()));
    }

    /** Answers scored as in a session: attributes of the event {@code score}. */
    public Map<String, Object> score(String id, Map<String, Object> answers) {
        return ask(s -> s.score(id, files(), answers));
    }

    /** What somebody has to be told at once of these answers: attributes of the event {@code safety-alert}. */
    public List<Map<String, Object>> alerts(String id, Map<String, Object> answers) {
        return ask(s -> s.alerts(id, files(), answers));
    }

    private <T> T ask(Function<InstrumentShelf, T> question) {
        ServiceReference<InstrumentShelf> reference = context.getServiceReference(InstrumentShelf.class);
        InstrumentShelf shelf = reference == null ? null : context.getService(reference);
        if (shelf == null) {
            throw new Refusal(
                    503, "no questionnaires are installed now; put the plug-in 'instruments' into the folder plugins");
        }
        try {
            return question.apply(shelf);
        } finally {
            context.ungetService(reference);
        }
    }

    private List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(f -> f.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }
}
