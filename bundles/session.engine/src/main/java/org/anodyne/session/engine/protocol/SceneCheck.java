package org.anodyne.session.engine.protocol;

import java.util.List;
import java.util.Map;
import org.anodyne.plugin.PluginKind;
import org.anodyne.session.engine.protocol.Protocol.Block;
import org.anodyne.session.engine.protocol.Protocol.PhasePlan;
import org.anodyne.session.engine.protocol.Protocol.Slot;
import org.anodyne.session.engine.protocol.Protocol.Step;

/** Whether every world is seen: one display of the session, and one scene at a time before it. */
final class SceneCheck {
    private final Map<String, Slot> slots;
    private final Faults faults;

    SceneCheck(Map<String, Slot> slots, Faults faults) {
        this.slots = slots;
        this.faults = faults;
    }

    void check(List<Step> steps) {
        List<Slot> displays = of(PluginKind.DISPLAY);
        for (Slot further : displays.subList(Math.min(1, displays.size()), displays.size())) {
            faults.add(
                    "slots." + further.name(),
                    "slots '" + displays.get(0).name() + "' and '" + further.name()
                            + "' are both displays; a session has one");
        }
        List<Slot> scenes = of(PluginKind.SCENE);
        if (displays.isEmpty() && !faults.none()) {
            return; // the display may be one of the slots that could not be read
        }
        if (displays.isEmpty()) {
            scenes.forEach(s -> faults.add(
                    "slots." + s.name(),
                    "slot '" + s.name() + "' draws a world that nothing shows; add a slot with a display, e.g."
                            + " display: {plugin: display}"));
        } else if (!scenes.isEmpty()) {
            walk(steps, "phases", displays.get(0).name());
        }
    }

    private void walk(List<Step> steps, String path, String display) {
        for (int i = 0; i < steps.size(); i++) {
            String at = Where.item(path, i);
            if (steps.get(i) instanceof Block block) {
                walk(block.steps(), at + ".block.phases", display);
            } else if (steps.get(i) instanceof PhasePlan phase) {
                List<String> shown = phase.slots().stream()
                        .filter(s -> slots.containsKey(s) && slots.get(s).kind() == PluginKind.SCENE)
                        .toList();
                if (shown.size() > 1) {
                    faults.add(
                            at + ".slots",
                            "phase '" + phase.id() + "' runs the scenes " + shown
                                    + ", but only one can be seen at a time");
                }
                if (!shown.isEmpty() && !phase.slots().contains(display)) {
                    faults.add(
                            at + ".slots",
                            "phase '" + phase.id() + "' runs the scene '" + shown.get(0) + "' without the display '"
                                    + display + "'; add it to its slots");
                }
            }
        }
    }

    private List<Slot> of(PluginKind kind) {
        return slots.values().stream().filter(s -> s.kind() == kind).toList();
    }
}
