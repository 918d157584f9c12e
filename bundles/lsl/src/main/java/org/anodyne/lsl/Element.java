package org.anodyne.lsl;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An element of a stream's description.
 *
 * @param name its name
 * @param text the characters directly within it, without white space around; empty when there are none
 * @param children the elements within it, in order
 */
public record Element(String name, String text, List<Element> children) {
    /** Copies the list. */
    public Element {
        children = List.copyOf(children);
    }

    /** An element that holds text. */
    public static Element of(String name, String text) {
        return new Element(name, text, List.of());
    }

    /** An element that holds elements. */
    public static Element of(String name, List<Element> children) {
        return new Element(name, "", children);
    }

    /** The first child of this name. */
    public Optional<Element> child(String name) {
        return children.stream().filter(c -> c.name.equals(name)).findFirst();
    }

    /** The text of the first child of this name; empty when there is none. */
    public String childText(String name) {
        return child(name).map(Element::text).orElse("");
    }

    /** A copy with one more child, in the place of those of the same name. */
    public Element with(Element child) {
        List<Element> all = new ArrayList<>(children);
        all.removeIf(c -> c.name.equals(child.name));
        all.add(child);
        return new Element(name, text, all);
    }
}
