package org.anodyne.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.anodyne.bench.Benchmark;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "bench",
        description = "Runs a benchmark and prints its figures; without a name, lists the benchmarks.",
        mixinStandardHelpOptions = true)
final class BenchCommand implements Callable<Integer> {
    private final CommandLineRunner.Session session;

    @Spec
    CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "Which one.")
    String name;

    @Parameters(index = "1..*", paramLabel = "SETTING=VALUE", description = "Settings of the benchmark.")
    Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--count", paramLabel = "N", description = "The setting count=N, of benchmarks that have it.")
    Integer count;

    @Option(names = "--json", description = "Prints one JSON object and nothing else on the standard output.")
    boolean json;

    BenchCommand(CommandLineRunner.Session session) {
        this.session = session;
    }

    @Override
    public Integer call() throws Exception {
        Platform p = session.connected();
        var out = spec.commandLine().getOut();
        if (name == null) {
            Table table = new Table("NAME", "MEASURES");
            p.benchmarks().forEach(b -> table.row(b.name(), b.title()));
            out.print(table);
            out.flush();
            return 0;
        }
        Benchmark benchmark = p.benchmarks().stream()
                .filter(b -> b.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new CommandFailure(
                        CommandFailure.BAD_INPUT,
                        "there is no benchmark '" + name + "'; there are: "
                                + p.benchmarks().stream().map(Benchmark::name).toList()));
        if (count != null) {
            settings.put("count", count.toString());
        }
        Path folder = Files.createTempDirectory("anodyne-bench");
        try {
            Map<String, Object> figures = benchmark.run(
                    settings, folder, line -> spec.commandLine().getErr().println(line));
            if (json) {
                out.println(new com.fasterxml.jackson.databind.ObjectMapper().writeValueAsString(figures));
            } else {
                out.println(benchmark.title());
                List<String> table = benchmark.table(figures);
                if (table.isEmpty()) {
                    out.print(Table.of(figures));
                } else {
                    table.forEach(out::println);
                }
                out.flush();
            }
        } finally {
            delete(folder);
        }
        return 0;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path p : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(p);
            }
        }
    }
}
