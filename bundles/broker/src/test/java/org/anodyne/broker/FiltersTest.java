package org.anodyne.broker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class FiltersTest {
    @Test
    void aFilterCoversWhatLiesWithinIt() {
        for (String[] yes : new String[][] {
            {"a/#", "a/b"},
            {"a/#", "a/b/c"},
            {"a/#", "a/+/c"},
            {"a/#", "a/#"},
            {"a/#", "a"},
            {"a/+/c", "a/b/c"},
            {"a/+/c", "a/+/c"},
            {"a/b", "a/b"},
            {"#", "a"}
        }) {
            assertTrue(Filters.covers(yes[0], yes[1]), yes[0] + " covers " + yes[1]);
        }
        for (String[] no : new String[][] {
            {"a/b", "a/+"},
            {"a/+", "a/#"},
            {"a/+", "a/b/c"},
            {"a/+", "a"},
            {"a/b/#", "a/#"},
            {"a/b/#", "a/+/c"},
            {"a/b", "#"},
            {"a/b", "a/b/c"},
            {"a/b/c", "a/b"}
        }) {
            assertFalse(Filters.covers(no[0], no[1]), no[0] + " does not cover " + no[1]);
        }
    }

    @Test
    void anAddressIsTheFilterThatItWasMadeFrom() {
        assertEquals("anodyne/1/lab/+/event/#", Filters.ofAddress("anodyne.1.lab.*.event.#"));
        assertEquals("anodyne/1/lab/s", Filters.ofAddress("anodyne.1.lab.s::page.anodyne.1.lab.s"));
        assertEquals("event/x.y", Filters.ofAddress("event.x\\.y"));
    }
}
