package org.anodyne.console.form;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.anodyne.console.store.Store;

/**
 * Answers given outside a session (at home, or to an assessor or operator) that somebody has to see: each stays open until an operator says
 * that they have seen it. Thread: any.
 */
public final class FormAlerts {
    private final Store store;

    /** @param store where they are kept */
    public FormAlerts(Store store) {
        this.store = store;
    }

    /** Where a form was filled in. */
    public enum Place {
        HOME,
        ASSESSOR,
        OPERATOR
    }

    /**
     * An answer that nobody has said to have seen.
     *
     * @param id of the entry or assessment, and the item
     * @param place in lower case
     * @param at when the answer arrived (RFC 3339)
     * @param value the answer as it was given
     */
    public record Open(
            String id,
            String participant,
            String place,
            String at,
            String instrument,
            String item,
            double value,
            String text) {}

    /**
     * Keeps what a form's answers raised; the same again changes nothing.
     *
     * @param form id of the entry or assessment
     * @param alerts as {@link Forms#alerts} tells them
     */
    public void raise(String form, String participant, Place place, List<Map<String, Object>> alerts) {
        for (Map<String, Object> alert : alerts) {
            store.change(
                    "insert or ignore into form_alert (id, participant, place, at, instrument, item, value, text)"
                            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
                    form + "/" + alert.get("item"),
                    participant,
                    place.name().toLowerCase(Locale.ROOT),
                    Instant.now().toString(),
                    alert.get("instrument"),
                    alert.get("item"),
                    alert.get("value"),
                    alert.get("text"));
        }
    }

    /** Those that are open, the oldest first. */
    public List<Open> open() {
        return store.list(
                "select id, participant, place, at, instrument, item, value, text from form_alert where seen_by = ''"
                        + " order by at, id",
                r -> new Open(
                        r.getString(1),
                        r.getString(2),
                        r.getString(3),
                        r.getString(4),
                        r.getString(5),
                        r.getString(6),
                        r.getDouble(7),
                        r.getString(8)));
    }

    /**
     * Somebody has seen one.
     *
     * @return whether it was open
     */
    public boolean seen(String id, String by) {
        return store.change(
                        "update form_alert set seen_by = ?, seen_at = ? where id = ? and seen_by = ''",
                        by,
                        Instant.now().toString(),
                        id)
                == 1;
    }
}
