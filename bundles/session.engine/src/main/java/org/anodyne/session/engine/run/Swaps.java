package org.anodyne.session.engine.run;

import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.anodyne.host.HostException;
import org.anodyne.host.SwapReport;
import org.anodyne.session.engine.protocol.Protocol.Slot;

/** Replaces plug-ins of a session that runs, and says what a person has to do then. */
record Swaps(Stage stage, RecordKeeper keeper, Arming arming, Arming.Surroundings surroundings) {
    /** As in {@code RunningSession}. Thread: any. */
    CompletionStage<SwapReport> swap(String slot, Path jar) {
        if (!stage.slots().containsKey(slot)) {
            return CompletableFuture.failedStage(new HostException("this session has no slot '" + slot + "'; it has: "
                    + String.join(", ", stage.slots().keySet())));
        }
        return stage.host().swap(slot, jar).whenComplete((report, failure) -> {
            if (failure == null) {
                stage.lane().execute(() -> swapped(report));
            }
        });
    }

    private void swapped(SwapReport report) {
        Slot slot = stage.slots().get(report.slot());
        if (!surroundings.phaseSlots().contains(slot.name())) {
            return;
        }
        switch (slot.kind()) {
            case ACTUATOR -> arming.replaced(slot.name());
            case INTERVENTION -> {
                if (!report.handedOver()) {
                    stage.problems()
                            .accept("intervention '" + slot.name()
                                    + "' was replaced by one that does not take its state over; it stays paused until"
                                    + " a person resumes the session");
                }
            }
            case SOURCE -> {
                if (surroundings.running()) {
                    keeper.expecting(slot.name(), true);
                }
            }
            case PROCESSOR, OUTCOME, SINK, SCENE, DISPLAY, SAFETY_RULE -> {}
        }
    }
}
