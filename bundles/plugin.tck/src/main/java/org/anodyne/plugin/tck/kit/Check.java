package org.anodyne.plugin.tck.kit;

/**
 * One thing that is asked of an adapter.
 *
 * @param id short name, stable from version to version
 * @param title what is asked, in one sentence
 */
public record Check(String id, String title, Body body) {
    /** Does it. */
    @FunctionalInterface
    public interface Body {
        /**
         * @return what was measured, for the report; may be empty
         * @throws Broken when it does not hold
         * @throws NotAsked when it cannot be asked here
         */
        String run() throws Exception;
    }

    /** What is asked does not hold; the message says what was seen instead. */
    public static final class Broken extends Exception {
        private static final long serialVersionUID = 1L;

        public Broken(String message) {
            super(message);
        }

        public Broken(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** It cannot be asked here. */
    public static final class NotAsked extends Exception {
        private static final long serialVersionUID = 1L;

        public NotAsked(String message) {
            super(message);
        }
    }

    /** Runs it; nothing that it throws gets out, interruption excepted. */
    public Result run() throws InterruptedException {
        long began = System.nanoTime();
        try {
            return result(Result.Verdict.PASSED, body.run(), began);
        } catch (NotAsked e) {
            return result(Result.Verdict.SKIPPED, e.getMessage(), began);
        } catch (InterruptedException e) {
            throw e;
        } catch (Broken e) {
            return result(Result.Verdict.FAILED, e.getMessage(), began);
        } catch (Exception | LinkageError | AssertionError e) {
            return result(Result.Verdict.FAILED, "it threw " + e, began);
        }
    }

    private Result result(Result.Verdict verdict, String detail, long began) {
        return new Result(id, title, verdict, detail, (System.nanoTime() - began) / 1_000_000);
    }

    static void require(boolean holds, String otherwise) throws Broken {
        if (!holds) {
            throw new Broken(otherwise);
        }
    }
}
