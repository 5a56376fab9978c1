package org.score4j.report.plane;

/**
 * A density on the cells of a square.
 *
 * @param window the square
 * @param side number of cells along a side
 * @param values at the cells' middles, row by row from the lowest y, each from the lowest x
 */
public record DensityMap(Window window, int side, double[] values) {

  /** The largest value. */
  public double peak() {
    double peak = 0;
    for (double value : values) {
      peak = Math.max(peak, value);
    }
    return peak;
  }

  /** The density's integral over the square. */
  public double mass() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double cell = 2 * window.half() / side;
    return sum * cell * cell;
  }

  /**
   * The density between the cells' middles, bilinear.
   *
   * @param right from the left side, 0, to the right side, 1
   * @param up from the lower side, 0, to the upper side, 1
   */
  public double at(double right, double up) {
    double column = Math.min(side - 1, Math.max(0, right * side - 0.5));
    double row = Math.min(side - 1, Math.max(0, up * side - 0.5));
    int i = Math.min(side - 2, (int) column);
    int j = Math.min(side - 2, (int) row);
    double a = column - i;
    double b = row - j;
    int first = j * side + i;
    return (1 - b) * ((1 - a) * values[first] + a * values[first + 1])
        + b * ((1 - a) * values[first + side] + a * values[first + side + 1]);
  }
}
