package org.anodyne.export.crednf;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.anodyne.export.facts.SessionFacts;

/** The account as Markdown, to be gone on with in a text editor. */
public final class CredNfPage {
    private CredNfPage() {}

    /** Its pictures: a file's name and what is in it, one for each trained feature. */
    public static Map<String, String> pictures(SessionFacts facts) {
        Map<String, String> files = new LinkedHashMap<>();
        TargetCourse.of(facts.feedback().blocks()).forEach(t -> files.put(t.file(), CoursePicture.svg(t)));
        return files;
    }

    /** The whole page; its pictures lie beside it. */
    public static String markdown(SessionFacts facts) {
        StringBuilder out = new StringBuilder(1 << 13);
        out.append("# CRED-nf, one session\n\nParticipant ")
                .append(text(facts.meta().participant()))
                .append(", session ")
                .append(text(facts.meta().session()))
                .append(", protocol ")
                .append(text(facts.protocol().id()))
                .append(
                        ". Items after Ros et al. 2020 (Brain 143(6):1674), in our own words; what stands under **record** was filled"
                                + " in from this session's record, what stands under **lab** is for the lab to fill in. Research use only.\n");
        if (facts.synthetic()) {
            out.append("\n**Synthetic signals: computed by a generator, not measured on a person.**\n");
        }
        String group = "";
        for (CredNf.Item item : new CredNf(facts).items()) {
            if (!item.group().equals(group)) {
                group = item.group();
                out.append("\n## ").append(group).append('\n');
            }
            out.append("\n### ").append(item.what()).append("\n\n");
            lines(out, "record", item.said());
            lines(out, "lab", item.more().isEmpty() ? List.of() : List.of(item.more()));
            if (item.what().equals(CredNf.COURSE)) {
                TargetCourse.of(facts.feedback().blocks()).forEach(t -> out.append("\n![")
                        .append(text(t.feature()))
                        .append(" by block](")
                        .append(t.file())
                        .append(")\n"));
            }
        }
        return out.toString();
    }

    private static void lines(StringBuilder out, String who, List<String> lines) {
        lines.forEach(line ->
                out.append("- **").append(who).append("** ").append(text(line)).append('\n'));
    }

    /** Names of people's protocols and slots may hold signs that mean something to Markdown. */
    private static String text(String s) {
        return s.replace("\\", "\\\\")
                .replace("<", "&lt;")
                .replace("*", "\\*")
                .replace("_", "\\_")
                .replace("`", "\\`")
                .replace("[", "\\[")
                .replace('\n', ' ');
    }
}
