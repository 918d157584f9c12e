package org.anodyne.plugin.host.sample;

import org.anodyne.plugin.Command;
import org.anodyne.plugin.safety.SafetyRule;

/** Goes into test bundles: a safety rule. */
public class Rule implements SafetyRule {
    @Override
    public String name() {
        return "rule";
    }

    @Override
    public boolean appliesTo(String pluginId) {
        return true;
    }

    @Override
    public Verdict judge(Command command, State state) {
        return new Verdict.Allowed();
    }
}
