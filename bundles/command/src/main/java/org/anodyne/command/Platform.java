package org.anodyne.command;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.anodyne.bench.Benchmark;
import org.anodyne.bus.MessageBus;
import org.anodyne.host.PluginRegistry;
import org.anodyne.host.SafetyDesk;
import org.anodyne.record.DatasetExporter;
import org.anodyne.record.DecoderTrainer;
import org.anodyne.record.RecordReader;
import org.anodyne.session.SessionEngine;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Everything that commands need; its presence says that the platform is ready. */
@Component(service = Platform.class)
public final class Platform {
    final MessageBus bus;
    final PluginRegistry registry;
    final SessionEngine engine;
    final RecordReader records;
    final DatasetExporter exporter;
    final SafetyDesk safety;
    final DecoderTrainer trainer;
    private final List<Benchmark> benchmarks = new CopyOnWriteArrayList<>();

    @Activate
    public Platform(
            @Reference MessageBus bus,
            @Reference PluginRegistry registry,
            @Reference SessionEngine engine,
            @Reference RecordReader records,
            @Reference DatasetExporter exporter,
            @Reference SafetyDesk safety,
            @Reference DecoderTrainer trainer) {
        this.bus = bus;
        this.registry = registry;
        this.engine = engine;
        this.records = records;
        this.exporter = exporter;
        this.safety = safety;
        this.trainer = trainer;
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addBenchmark(Benchmark benchmark) {
        benchmarks.add(benchmark);
    }

    void removeBenchmark(Benchmark benchmark) {
        benchmarks.remove(benchmark);
    }

    List<Benchmark> benchmarks() {
        return benchmarks.stream()
                .sorted(java.util.Comparator.comparing(Benchmark::name))
                .toList();
    }
}
