package org.anodyne.plugin.host.registry;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.namespace.PackageNamespace;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRequirement;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.framework.wiring.FrameworkWiring;
import org.osgi.resource.Namespace;

/** Resolves a bundle by itself and says in plain words what it lacks. */
final class Resolution {
    private static final Pattern PACKAGE = Pattern.compile("\\(osgi\\.wiring\\.package=([^)]*)\\)");
    private static final Pattern VERSION = Pattern.compile("\\(version(>=|<=)([^)]*)\\)");

    private Resolution() {}

    /** What the bundle lacks; empty when it is resolved now. */
    static String resolve(Bundle bundle, FrameworkWiring wiring) {
        if (wiring.resolveBundles(List.of(bundle))) {
            return "";
        }
        List<String> lacks = new ArrayList<>();
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        for (BundleRequirement r : revision.getDeclaredRequirements(null)) {
            Map<String, String> directives = r.getDirectives();
            boolean optional =
                    Namespace.RESOLUTION_OPTIONAL.equals(directives.get(Namespace.REQUIREMENT_RESOLUTION_DIRECTIVE));
            boolean resolving = Namespace.EFFECTIVE_RESOLVE.equals(
                    directives.getOrDefault(Namespace.REQUIREMENT_EFFECTIVE_DIRECTIVE, Namespace.EFFECTIVE_RESOLVE));
            if (!optional && resolving && !satisfied(r, revision, wiring)) {
                lacks.add(words(r, wiring));
            }
        }
        return lacks.isEmpty() ? whole(bundle) : String.join("; ", lacks);
    }

    private static boolean satisfied(BundleRequirement r, BundleRevision revision, FrameworkWiring wiring) {
        if (revision.getDeclaredCapabilities(r.getNamespace()).stream().anyMatch(r::matches)) {
            return true;
        }
        // Providers that cannot resolve themselves are no help.
        return wiring.findProviders(r).stream()
                .anyMatch(c -> c.getRevision() != revision && c.getRevision().getWiring() != null);
    }

    private static String words(BundleRequirement r, FrameworkWiring wiring) {
        String filter = r.getDirectives().getOrDefault(Constants.FILTER_DIRECTIVE, "");
        if (!r.getNamespace().equals(PackageNamespace.PACKAGE_NAMESPACE)) {
            return "it needs " + r.getNamespace() + " " + filter + ", which nobody provides";
        }
        Matcher m = PACKAGE.matcher(filter);
        String name = m.find() ? m.group(1) : filter;
        TreeSet<String> there = versions(name, wiring);
        if (there.isEmpty()) {
            return "it needs package " + name + ", which nobody exports";
        }
        return "it needs package " + name + " in a version " + range(filter) + ", but only " + String.join(", ", there)
                + " is there";
    }

    private static TreeSet<String> versions(String name, FrameworkWiring wiring) {
        Collection<BundleCapability> all = wiring.findProviders(new AnyVersion(name));
        TreeSet<String> versions = new TreeSet<>();
        for (BundleCapability c : all) {
            versions.add(String.valueOf(c.getAttributes().get(PackageNamespace.CAPABILITY_VERSION_ATTRIBUTE)));
        }
        return versions;
    }

    private static String range(String filter) {
        List<String> parts = new ArrayList<>();
        Matcher m = VERSION.matcher(filter);
        while (m.find()) {
            boolean negated = m.start() > 0 && filter.substring(0, m.start()).endsWith("(!");
            String sign = m.group(1).equals(">=") ? negated ? "below" : "from" : negated ? "above" : "up to";
            parts.add(sign + " " + m.group(2));
        }
        return String.join(" and ", parts);
    }

    /** Each requirement could be met by itself, but not all together: the framework's own words. */
    private static String whole(Bundle bundle) {
        try {
            bundle.start(Bundle.START_TRANSIENT);
            return "";
        } catch (BundleException e) {
            return "it does not fit together with what is installed: " + e.getMessage();
        }
    }

    /** Asks for a package of any version. */
    private record AnyVersion(String name) implements org.osgi.resource.Requirement {
        @Override
        public String getNamespace() {
            return PackageNamespace.PACKAGE_NAMESPACE;
        }

        @Override
        public Map<String, String> getDirectives() {
            return Map.of(Constants.FILTER_DIRECTIVE, "(" + PackageNamespace.PACKAGE_NAMESPACE + "=" + name + ")");
        }

        @Override
        public Map<String, Object> getAttributes() {
            return Map.of();
        }

        @Override
        public org.osgi.resource.Resource getResource() {
            return null;
        }
    }
}
