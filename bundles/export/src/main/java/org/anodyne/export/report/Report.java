package org.anodyne.export.report;

import java.util.List;
import java.util.Map;
import org.anodyne.export.Summary;
import org.anodyne.export.facts.SessionFacts;
import org.anodyne.export.facts.StreamFacts;
import org.anodyne.export.signal.Envelope;
import org.anodyne.export.signal.PhaseSpectra;

/** The session as one page for people. */
public final class Report {
    private final SessionFacts facts;

    public Report(
            SessionFacts facts, Map<StreamFacts, Envelope> envelopes, List<PhaseSpectra> spectra, Summary.Alpha alpha) {
        this.facts = facts;
    }

    /** The whole page. */
    public String html() {
        return "<!doctype html><title>" + facts.state() + "</title>\n";
    }
}
