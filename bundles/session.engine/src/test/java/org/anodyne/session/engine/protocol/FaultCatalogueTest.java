package org.anodyne.session.engine.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.anodyne.session.SessionEngine.Fault;
import org.junit.jupiter.api.Test;

/** How faults are told together; each by itself stands with the tests of its subject. */
class FaultCatalogueTest {
    @Test
    void theGoodOneHasNone() {
        assertEquals(List.of(), ProtocolSlips.faults(ProtocolSlips.GOOD, Map.of()));
    }

    /** Only what truly follows is told besides: a lab that reads ten lines for one slip stops reading. */
    @Test
    void oneSlipGivesOneFault() {
        Set<String> several = new TreeSet<>();
        Stream.of(
                        SlotSlipTest.slips(),
                        ChoiceSlipTest.slips(),
                        PhaseSlipTest.slips(),
                        TriggerSlipTest.slips(),
                        ProtocolFileSlipTest.slips())
                .flatMap(s -> s)
                .filter(s -> ProtocolSlips.faults(ProtocolSlips.GOOD.replace(s.from(), s.to()), Map.of())
                                .size()
                        > 1)
                .forEach(s -> several.add(s.name()));
        assertEquals(
                Set.of("circle", "no samples there", "port takes one", "reserved slot", "two phases of one id"),
                several);
    }

    @Test
    void allAreToldAtOnce() {
        String text = ProtocolSlips.GOOD
                .replace("plugin: mean", "plugin: maen")
                .replace("duration: 60 s", "duration: 60")
                .replace("        refractory: 5 s\n", "")
                .replace("repeat: 2", "repeat: 0");
        assertEquals(
                List.of(9, 19, 26, 39),
                ProtocolSlips.faults(text, Map.of()).stream().map(Fault::line).toList());
    }
}
