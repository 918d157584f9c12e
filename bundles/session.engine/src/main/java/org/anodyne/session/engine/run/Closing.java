package org.anodyne.session.engine.run;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.anodyne.bus.MessageBus.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a session: slots closed, last state published and recorded, record sealed.
 *
 * @param subscriptions ended first
 */
record Closing(Stage stage, RecordKeeper keeper, List<Subscription> subscriptions, List<String> problems) {
    private static final Logger LOG = LoggerFactory.getLogger(Closing.class);
    private static final Duration QUIET = Duration.ofSeconds(5);

    /** Each step is done even when one before it failed. Thread: one of its own. */
    void run(Supplier<CompletionStage<Void>> lastMove, Runnable done) {
        step("its subscriptions could not be ended", () -> List.copyOf(subscriptions)
                .forEach(Subscription::close));
        step("its slots could not be closed", () -> stage.host().close());
        step("leaks could not be looked for", () -> stage.host().leaks().forEach(stage.problems()));
        step("its last state could not be published", () -> {
            CompletionStage<Void> published = lastMove.get();
            quiet(published);
        });
        step("the record could not be sealed", keeper::close);
        step("its time could not be stopped", () -> {
            if (stage.time() instanceof AutoCloseable time) {
                try {
                    time.close();
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        stage.lane().close();
        done.run();
    }

    /** Waits until what was published has reached everybody in this process, the recorder too. */
    private void quiet(CompletionStage<Void> published) {
        try {
            published.toCompletableFuture().get(QUIET.toMillis(), TimeUnit.MILLISECONDS);
            if (!stage.bus().inFlight().awaitNone(QUIET)) {
                stage.problems().accept("something was still under way when the record was sealed");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException e) {
            stage.problems()
                    .accept("the bus did not take the session's last state within " + QUIET.toSeconds()
                            + " s; the record may lack what was published last");
        } catch (ExecutionException e) {
            stage.problems()
                    .accept("the session's last state was not published: "
                            + e.getCause().getMessage());
        }
    }

    private void step(String what, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            LOG.error("Session {}: {}", stage.id(), what, e);
            Consumer<String> to = stage.problems();
            to.accept(what + ": " + e.getMessage());
        }
    }
}
