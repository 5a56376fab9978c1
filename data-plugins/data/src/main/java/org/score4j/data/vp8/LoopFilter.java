package org.score4j.data.vp8;

/** Smooths the edges of blocks (RFC 6386, section 15), in the order of the macroblocks. */
final class LoopFilter {
  private static final int MACROBLOCK = 16;

  private final FrameHeader header;

  LoopFilter(FrameHeader header) {
    this.header = header;
  }

  /**
   * Filters a macroblock.
   *
   * @param planes luma and two of chroma
   * @param level how strongly, from 0 to 63
   * @param inner whether edges inside the macroblock are filtered too
   */
  void filter(Plane[] planes, int column, int row, int level, boolean inner) {
    if (level == 0) {
      return;
    }
    int interior = level;
    if (header.sharpness > 0) {
      interior >>= header.sharpness > 4 ? 2 : 1;
      interior = Math.min(interior, 9 - header.sharpness);
    }
    interior = Math.max(1, interior);
    int variance = level >= 40 ? 2 : level >= 15 ? 1 : 0;
    int limit = 2 * level + interior;
    boolean[] crosswise = {true, false};
    for (boolean vertical : crosswise) {
      if ((vertical ? column : row) > 0) {
        edges(planes, column, row, 0, vertical, new Limits(limit + 4, interior, variance));
      }
      for (int at = 4; inner && at < MACROBLOCK; at += 4) {
        edges(planes, column, row, at, vertical, new Limits(limit, interior, variance));
      }
    }
  }

  /** The edges at a distance from the macroblock's own, which is 0. */
  private void edges(Plane[] planes, int column, int row, int at, boolean vertical, Limits limits) {
    for (int p = 0; p < (header.simpleFilter ? 1 : planes.length); p++) {
      int side = p == 0 ? MACROBLOCK : MACROBLOCK / 2;
      // Chroma has one edge inside, which is at 4 as well.
      if (at >= side) {
        continue;
      }
      for (int i = 0; i < side; i++) {
        int x = column * side + (vertical ? at : i);
        int y = row * side + (vertical ? i : at);
        var edge = new Edge(planes[p], x, y, vertical ? 1 : 0, vertical ? 0 : 1);
        if (header.simpleFilter) {
          edge.simple(limits);
        } else {
          edge.normal(limits, at > 0);
        }
      }
    }
  }

  /** How large differences are for which an edge is filtered. */
  private record Limits(int edge, int interior, int variance) {}

  /** Samples across an edge: p3 to p0 before it, q0 to q3 after it. */
  private record Edge(Plane plane, int x, int y, int dx, int dy) {

    /** The sample {@code n} after the edge, or before it from -1 on. */
    private int at(int n) {
      return plane.get(x + n * dx, y + n * dy);
    }

    private void add(int n, int amount) {
      plane.set(x + n * dx, y + n * dy, at(n) + amount);
    }

    private int step(int n, int m) {
      return Math.abs(at(n) - at(m));
    }

    private boolean smooth(Limits limits) {
      return 4 * step(-1, 0) + step(-2, 1) <= 2 * limits.edge() + 1;
    }

    void simple(Limits limits) {
      if (smooth(limits)) {
        two();
      }
    }

    void normal(Limits limits, boolean inside) {
      int most = limits.interior();
      boolean filtered =
          smooth(limits)
              && step(-4, -3) <= most
              && step(-3, -2) <= most
              && step(-2, -1) <= most
              && step(3, 2) <= most
              && step(2, 1) <= most
              && step(1, 0) <= most;
      if (!filtered) {
        return;
      }
      if (step(-2, -1) > limits.variance() || step(1, 0) > limits.variance()) {
        two();
      } else if (inside) {
        four();
      } else {
        six();
      }
    }

    private void two() {
      int a = 3 * (at(0) - at(-1)) + signed(at(-2) - at(1));
      change(a, false);
    }

    private void four() {
      change(3 * (at(0) - at(-1)), true);
    }

    private void change(int a, boolean outer) {
      int after = small(a + 4 >> 3);
      int before = small(a + 3 >> 3);
      add(-1, before);
      add(0, -after);
      if (outer) {
        add(-2, after + 1 >> 1);
        add(1, -(after + 1 >> 1));
      }
    }

    private void six() {
      int a = signed(3 * (at(0) - at(-1)) + signed(at(-2) - at(1)));
      int[] weights = {27, 18, 9};
      for (int i = 0; i < weights.length; i++) {
        int amount = weights[i] * a + 63 >> 7;
        add(-1 - i, amount);
        add(i, -amount);
      }
    }

    private static int signed(int value) {
      return Math.max(-128, Math.min(127, value));
    }

    private static int small(int value) {
      return Math.max(-16, Math.min(15, value));
    }
  }
}
