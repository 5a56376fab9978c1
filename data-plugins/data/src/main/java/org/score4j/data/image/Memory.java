package org.score4j.data.image;

/** How much of the heap one piece of a file may take, so that a malformed one cannot fill it. */
public final class Memory {
  private static final int SHARE = 16;
  private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

  private Memory() {}

  /** Bytes that are read at once: at most a sixteenth of the heap. */
  public static long largestPiece() {
    return Math.min(LARGEST_ARRAY, Runtime.getRuntime().maxMemory() / SHARE);
  }

  /** A rule as told by errors. */
  public static String rule() {
    return "must have at most " + largestPiece() + " bytes, a sixteenth of the heap (see -Xmx)";
  }
}
