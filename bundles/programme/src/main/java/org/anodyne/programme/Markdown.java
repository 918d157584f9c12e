package org.anodyne.programme;

import java.util.List;
import java.util.Set;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Document;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.HtmlInline;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.parser.IncludeSourceSpans;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.text.TextContentRenderer;

/** CommonMark as programmes may use it: no HTML, no pictures, links to the web only. Thread: any. */
final class Markdown {
    private static final Parser PARSER = Parser.builder()
            .includeSourceSpans(IncludeSourceSpans.BLOCKS_AND_INLINES)
            .build();
    private static final TextContentRenderer PLAIN =
            TextContentRenderer.builder().build();
    private static final Set<String> SCHEMES = Set.of("http", "https", "mailto", "tel");

    private Markdown() {}

    /** The text without marks, as a terminal or a voice gives it. */
    static String plain(String text) {
        return PLAIN.render(PARSER.parse(text)).strip();
    }

    static int words(String text) {
        String plain = plain(text);
        return plain.isEmpty() ? 0 : plain.split("\\s+").length;
    }

    /**
     * Looks for what may not be in it.
     *
     * @param line line of the file in which the text begins, from 1
     * @param exact whether lines of the text are lines of the file; else every fault is told at {@code line}
     */
    static void check(String text, String file, int line, boolean exact, List<Fault> faults) {
        PARSER.parse(text).accept(new AbstractVisitor() {
            @Override
            public void visit(HtmlBlock block) {
                fault(block, "HTML is not shown; write Markdown");
            }

            @Override
            public void visit(HtmlInline inline) {
                fault(inline, "HTML is not shown; write Markdown");
            }

            @Override
            public void visit(Image image) {
                fault(image, "pictures are not shown yet; describe it in words");
            }

            @Override
            public void visit(Link link) {
                int colon = link.getDestination().indexOf(':');
                if (colon < 0 || !SCHEMES.contains(link.getDestination().substring(0, colon))) {
                    fault(
                            link,
                            "a link goes to an address of the web (https:…), not to '" + link.getDestination() + "'");
                }
                visitChildren(link);
            }

            private void fault(Node node, String message) {
                Node at = node;
                while (at.getSourceSpans().isEmpty() && !(at instanceof Document)) {
                    at = at.getParent();
                }
                int within = at.getSourceSpans().isEmpty() || !exact
                        ? 0
                        : at.getSourceSpans().get(0).getLineIndex();
                faults.add(new Fault(file, line + within, message));
            }
        });
    }
}
