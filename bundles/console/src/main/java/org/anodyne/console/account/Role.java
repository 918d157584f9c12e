package org.anodyne.console.account;

import java.util.Locale;

/** What somebody is here for. Exactly one each: an assessor who were an operator as well would not be blind. */
public enum Role {
    /** Manages accounts, and may do what an operator may. */
    ADMINISTRATOR,
    /** Runs sessions. */
    OPERATOR,
    /** Enters outcomes, and learns nothing of arm or devices. */
    ASSESSOR,
    /** Takes part; let in by a code instead of an account. */
    PARTICIPANT;

    /** As it is written in requests and answers. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Reads a role.
     *
     * @throws IllegalArgumentException when there is none of that name
     */
    public static Role of(String word) {
        for (Role r : values()) {
            if (r.word().equals(word)) {
                return r;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is no role; there is: administrator, operator, assessor");
    }
}
