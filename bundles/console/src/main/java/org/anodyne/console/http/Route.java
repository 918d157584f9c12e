package org.anodyne.console.http;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.anodyne.console.account.Role;

/**
 * One kind of request and who may make it.
 *
 * @param method HTTP method
 * @param pattern path behind {@code /api}, a part in braces stands for any: {@code /protocols/{name}}
 * @param roles who may; an administrator only where named
 * @param handler what is done then; what it gives is the answer as JSON, {@link Content} as it is
 */
public record Route(String method, String pattern, Set<Role> roles, Handler handler) {
    /** Does what is asked. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers.
         *
         * @throws Refusal when it is not done
         */
        Object answer(Call call) throws Exception;
    }

    /**
     * An answer that is not JSON.
     *
     * @param sandboxed whether a browser must keep it apart from the console's pages: it was not made by the console
     */
    public record Content(String type, byte[] bytes, boolean sandboxed) {}

    /** Who runs sessions. */
    public static final Set<Role> OPERATORS = Set.of(Role.ADMINISTRATOR, Role.OPERATOR);

    /** The parts in braces by name when the path is one of these. */
    Optional<Map<String, String>> parts(String path) {
        String[] want = pattern.split("/", -1);
        String[] have = path.split("/", -1);
        if (want.length != have.length) {
            return Optional.empty();
        }
        Map<String, String> parts = new HashMap<>();
        for (int i = 0; i < want.length; i++) {
            if (want[i].startsWith("{")) {
                parts.put(want[i].substring(1, want[i].length() - 1), have[i]);
            } else if (!want[i].equals(have[i])) {
                return Optional.empty();
            }
        }
        return Optional.of(parts);
    }
}
