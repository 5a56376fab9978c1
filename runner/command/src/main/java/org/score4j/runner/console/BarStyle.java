package org.score4j.runner.console;

/**
 * How a bar looks.
 *
 * @param unicode blocks instead of ASCII
 * @param color done in cyan, the rest dimmed
 */
record BarStyle(boolean unicode, boolean color) {
  private static final String CYAN = "\u001b[36m";
  private static final String DIM = "\u001b[2m";
  private static final String PLAIN = "\u001b[0m";

  /** A bar of {@code length} columns of which the fraction, 0 to 1, is filled. */
  String draw(double fraction, int length) {
    int filled = (int) Math.round(fraction * length);
    String done = (unicode ? "\u2588" : "#").repeat(filled);
    String rest = (unicode ? "\u2591" : ".").repeat(length - filled);
    return color ? CYAN + done + PLAIN + DIM + rest + PLAIN : done + rest;
  }
}
