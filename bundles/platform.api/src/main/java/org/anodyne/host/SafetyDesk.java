package org.anodyne.host;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where people tell the safety layer what only they may: answers of a screening, a motor threshold that was measured, that
 * an emergency stop is over. The same requests come over the bus on {@code control/safety}. Thread: any.
 */
@ProviderType
public interface SafetyDesk {
    /**
     * Does what is asked.
     *
     * @param action {@code checklists}, {@code checklist}, {@code screen}, {@code screenings}, {@code threshold},
     *     {@code ledger}, {@code firings}, {@code limits}, {@code reset}, {@code status}; see docs/safety.md
     * @param attributes JSON values
     * @return {@code ok} ({@code Boolean}), {@code message} for a person, and what the action gives
     */
    Map<String, Object> ask(String action, Map<String, Object> attributes);
}
