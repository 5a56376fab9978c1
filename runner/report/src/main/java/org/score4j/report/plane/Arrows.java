package org.score4j.report.plane;

/**
 * A vector at the middle of each cell of a square.
 *
 * @param window the square
 * @param side number of cells along a side
 * @param vectors x and y of each, row by row from the lowest y, each from the lowest x
 */
public record Arrows(Window window, int side, double[] vectors) {

  /** The middles of the cells of a square: x and y of each, in the order of vectors. */
  public static float[] places(Window window, int side) {
    float[] places = new float[2 * side * side];
    for (int i = 0; i < side * side; i++) {
      places[2 * i] = (float) window.cellX(i % side, side);
      places[2 * i + 1] = (float) window.cellY(i / side, side);
    }
    return places;
  }

  /**
   * How far these are from others, as a share of those, where there are data:
   *
   * <pre>
   *   sqrt(sum_i p(x_i) |v_i - u_i|^2 / sum_i p(x_i) |u_i|^2).
   * </pre>
   *
   * @param density p, on the same square
   */
  public double errorTo(Arrows others, DensityMap density) {
    double error = 0;
    double whole = 0;
    for (int i = 0; i < vectors.length; i++) {
      double right = (i / 2 % side + 0.5) / side;
      double up = (i / 2 / side + 0.5) / side;
      double p = density.at(right, up);
      error += p * Math.pow(vectors[i] - others.vectors[i], 2);
      whole += p * Math.pow(others.vectors[i], 2);
    }
    return Math.sqrt(error / whole);
  }
}
