package org.anodyne.console.home;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.anodyne.console.store.Store;

/** What each participant is to do at home. Thread: any. */
public final class HomePlans {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Store store;

    /** @param store where they are kept */
    public HomePlans(Store store) {
        this.store = store;
    }

    /**
     * What is to be done at home.
     *
     * @param programme id of the programme of lessons; empty for none
     * @param frame how its lessons are spread over sessions; empty for the programme's first
     * @param ratings ids of the instruments that are asked
     * @param diary whether a diary is kept
     */
    public record Plan(String programme, String frame, List<String> ratings, boolean diary) {
        public Plan {
            ratings = List.copyOf(ratings);
        }
    }

    /**
     * A participant at home.
     *
     * @param entries how many entries have arrived
     * @param newest when the newest arrived; empty when none did
     */
    public record Listed(String participant, Plan plan, String made, String by, long entries, String newest) {}

    /** Sets what a participant is to do, from now on. */
    public void set(String participant, Plan plan, String by) {
        store.change(
                "insert or replace into home_plan (participant, plan, made, by) values (?, ?, ?, ?)",
                participant,
                text(plan),
                Instant.now().toString(),
                by);
    }

    /** What a participant is to do. */
    public Optional<Plan> of(String participant) {
        return store.first("select plan from home_plan where participant = ?", r -> plan(r.getString(1)), participant);
    }

    /** All, by participant. */
    public List<Listed> all() {
        return store.list(
                "select participant, plan, made, by, (select count(*) from home_entry e where e.participant = p.participant),"
                        + " (select max(received) from home_entry e where e.participant = p.participant)"
                        + " from home_plan p order by participant",
                r -> new Listed(
                        r.getString(1),
                        plan(r.getString(2)),
                        r.getString(3),
                        r.getString(4),
                        r.getLong(5),
                        r.getString(6) == null ? "" : r.getString(6)));
    }

    private static Plan plan(String text) {
        try {
            return JSON.readValue(text, Plan.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the database holds no plan where it should: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(Plan plan) {
        try {
            return JSON.writeValueAsString(plan);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
