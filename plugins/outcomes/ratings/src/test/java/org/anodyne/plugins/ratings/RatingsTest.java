package org.anodyne.plugins.ratings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.anodyne.plugin.Deadline;
import org.anodyne.plugin.Inputs;
import org.anodyne.plugin.PluginException;
import org.anodyne.plugin.outcome.OutcomeInstrument;
import org.anodyne.plugin.tck.FakeContext;
import org.anodyne.plugin.tck.Schema;
import org.junit.jupiter.api.Test;

class RatingsTest {
    private static OutcomeInstrument prepared(Map<String, Object> parameters) throws Exception {
        FakeContext context = FakeContext.of(Schema.of(RatingsFactory.class).defaultsWith(parameters));
        OutcomeInstrument ratings = (OutcomeInstrument) new RatingsFactory().create(context);
        ratings.prepare(Inputs.NONE, Deadline.in(Duration.ofSeconds(1)));
        return ratings;
    }

    @Test
    void asksForPainFromNoughtToTenUnlessToldOtherwise() throws Exception {
        List<OutcomeInstrument.Item> items = prepared(Map.of()).items();
        assertEquals(1, items.size());
        assertEquals("pain", items.get(0).id());
        assertEquals(0, items.get(0).minimum());
        assertEquals(10, items.get(0).maximum());
    }

    @Test
    void ownItemsKeepTheirWording() throws Exception {
        var items = prepared(Map.of(
                        "scales",
                        List.of(),
                        "items",
                        List.of(Map.of("id", "unpleasant", "text", "Wie unangenehm?", "maximumAnchor", "sehr"))))
                .items();
        assertEquals(new OutcomeInstrument.Item("unpleasant", "Wie unangenehm?", 0, "", 10, "sehr", 1), items.get(0));
    }

    @Test
    void whatIsNoAnswerIsRefusedWithAReason() throws Exception {
        OutcomeInstrument ratings = prepared(Map.of());
        assertTrue(ratings.answer("pain", 11, 0).contains("between"));
        assertTrue(ratings.answer("pain", Double.NaN, 0).contains("between"));
        assertTrue(ratings.answer("pain", 3.5, 0).contains("step"));
        assertTrue(ratings.answer("itch", 3, 0).contains("no item"));
    }

    @Test
    void stepsThatDoNotComeOutAreRefused() {
        assertThrows(
                PluginException.class,
                () -> prepared(Map.of("items", List.of(Map.of("id", "x", "text", "?", "maximum", 10.0, "step", 3.0)))));
        assertThrows(
                PluginException.class,
                () -> prepared(Map.of("items", List.of(Map.of("id", "x", "text", "?", "maximum", -1.0)))));
    }

    @Test
    void twoItemsOfOneNameAreRefused() {
        PluginException refusal = assertThrows(
                PluginException.class, () -> prepared(Map.of("items", List.of(Map.of("id", "pain", "text", "?")))));
        assertTrue(refusal.getMessage().contains("'pain'"), refusal.getMessage());
    }

    @Test
    void nothingToAskIsRefused() {
        assertThrows(PluginException.class, () -> prepared(Map.of("scales", List.of())));
    }
}
