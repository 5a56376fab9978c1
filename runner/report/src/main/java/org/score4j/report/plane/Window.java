package org.score4j.report.plane;

/**
 * A square of the plane.
 *
 * @param x of its centre
 * @param y of its centre
 * @param half of its side, above 0
 */
public record Window(double x, double y, double half) {

  /** Middle of the cell of a number, of so many between the left and the right side. */
  public double cellX(int number, int cells) {
    return x + half * (2 * (number + 0.5) / cells - 1);
  }

  /** Middle of the cell of a number, of so many between the lower and the upper side. */
  public double cellY(int number, int cells) {
    return y + half * (2 * (number + 0.5) / cells - 1);
  }
}
