package org.anodyne.plugin.safety;

/**
 * One limit as it holds at this site.
 *
 * @param name its name in the site's policy, e.g. {@code tes.charge.millicoulomb}
 * @param value the number, in the unit that the name ends with
 * @param source where it comes from, as it stands in a refusal: the publication or norm, whether that was verified, and
 *     what site policy made of it
 */
public record Limit(String name, double value, String source) {}
