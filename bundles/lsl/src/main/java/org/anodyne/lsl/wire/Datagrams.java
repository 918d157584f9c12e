package org.anodyne.lsl.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.anodyne.lsl.MalformedException;
import org.anodyne.lsl.StreamInfo;

/** Questions and answers that go in one datagram each. */
public final class Datagrams {
    /** Longest datagram. */
    public static final int MOST_BYTES = 65_507;

    private static final String SHORT_INFO = "LSL:shortinfo";
    private static final String TIME_DATA = "LSL:timedata";
    private static final int MOST_ID = 64;

    private Datagrams() {}

    /** What may be asked of an outlet. */
    public sealed interface Question {
        /**
         * Who is there?
         *
         * @param port that the answer goes to, at the asker's address
         * @param id repeated in the answer
         */
        record ShortInfo(String query, int port, String id) implements Question {}

        /**
         * What time is it?
         *
         * @param sent the asker's time as it wrote it; repeated in the answer
         */
        record TimeData(int wave, String sent) implements Question {}
    }

    /** An answer to {@link Question.TimeData}: when it was sent, came, and was answered, by whose clock it happened. */
    public record TimeAnswer(int wave, double sent, double came, double answered) {}

    /** An answer to {@link Question.ShortInfo}. */
    public record Found(String id, StreamInfo info) {}

    /** Asks for streams. */
    public static byte[] shortInfo(String query, int port, String id) {
        return bytes(SHORT_INFO + "\r\n" + query + "\r\n" + port + " " + id + "\r\n");
    }

    /** Asks for the time. */
    public static byte[] timeData(int wave, double now) {
        return bytes(TIME_DATA + "\r\n" + wave + " " + now + "\r\n");
    }

    /** Answers {@link Question.ShortInfo}. */
    public static byte[] found(String id, StreamInfo info) {
        return bytes(id + "\r\n" + InfoXml.shortInfo(info));
    }

    /** Answers {@link Question.TimeData}. */
    public static byte[] timeAnswer(Question.TimeData question, double came, double now) {
        return bytes(" " + question.wave() + " " + question.sent() + " " + came + " " + now);
    }

    /**
     * Reads a question.
     *
     * @throws MalformedException when it is none
     */
    public static Question question(byte[] datagram) throws MalformedException {
        String[] lines = text(datagram).split("\r?\n", -1);
        String method = lines[0].strip();
        if (method.equals(SHORT_INFO) && lines.length >= 3) {
            String[] words = lines[2].strip().split(" +");
            if (words.length < 2 || words[1].length() > MOST_ID) {
                throw new MalformedException("a question for streams without port and number");
            }
            int port = Numbers.whole(words[0], "the port of a question");
            if (port < 1 || port > 0xFFFF) {
                throw new MalformedException("there is no port " + port);
            }
            return new Question.ShortInfo(lines[1].strip(), port, words[1]);
        }
        if (method.equals(TIME_DATA) && lines.length >= 2) {
            String[] words = lines[1].strip().split(" +");
            if (words.length < 2) {
                throw new MalformedException("a question for the time without its time");
            }
            Numbers.real(words[1], "the time of a question");
            return new Question.TimeData(Numbers.whole(words[0], "the number of a question"), words[1]);
        }
        throw new MalformedException("a datagram that asks for nothing known");
    }

    /**
     * Reads an answer to a question for streams.
     *
     * @throws MalformedException when it is none
     */
    public static Found found(byte[] datagram) throws MalformedException {
        int end = 0;
        while (end < datagram.length && datagram[end] != '\n') {
            end++;
        }
        if (end > MOST_ID || end >= datagram.length) {
            throw new MalformedException("an answer without the number of its question");
        }
        String id = text(Arrays.copyOf(datagram, end)).strip();
        return new Found(id, InfoXml.read(Arrays.copyOfRange(datagram, end + 1, datagram.length)));
    }

    /**
     * Reads an answer to a question for the time.
     *
     * @throws MalformedException when it is none
     */
    public static TimeAnswer timeAnswer(byte[] datagram) throws MalformedException {
        String[] words = text(datagram).strip().split(" +");
        if (datagram.length > 512 || words.length != 4) {
            throw new MalformedException("an answer about the time of " + words.length + " words instead of 4");
        }
        return new TimeAnswer(
                Numbers.whole(words[0], "the number of an answer"),
                Numbers.real(words[1], "a time"),
                Numbers.real(words[2], "a time"),
                Numbers.real(words[3], "a time"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
