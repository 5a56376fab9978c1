package org.score4j.metric;

import java.util.Arrays;
import java.util.Random;

/**
 * Squared maximum mean discrepancy (Gretton et al. 2012, "A kernel two-sample test") of samples x
 * in groups and of data y,
 *
 * <pre>
 *   MMD^2 = E k(x, x') + E k(y, y') - 2 E k(x, y).
 * </pre>
 */
final class KernelSums {
  private static final int BLOCK = 1000;

  private final int groups;
  private final int[] group;
  private final long[] sizes;
  private final double[][] within;
  private final double[] ownWithin;
  private final double[] between;
  private final double real;
  private final double realOwn;
  private final long realCount;

  /** A kernel of two vectors. */
  interface Kernel {
    /** Its value, from their scalar product and their squared norms. */
    double of(double product, double squareOfX, double squareOfY);
  }

  KernelSums(Kernel kernel, Points x, Points y, int groups) {
    this.groups = groups;
    this.group = new int[x.count()];
    this.sizes = new long[groups];
    this.within = new double[groups][groups];
    this.ownWithin = new double[groups];
    this.between = new double[groups];
    this.realCount = y.count();
    Random dealer = GroupBootstrap.dealer();
    for (int i = 0; i < group.length; i++) {
      group[i] = dealer.nextInt(groups);
      sizes[group[i]]++;
    }
    double[] own = {0};
    double[] all = {0};
    over(
        x,
        x,
        kernel,
        (i, j, k) -> {
          within[group[i]][group[j]] += k;
          if (i == j) {
            ownWithin[group[i]] += k;
          }
        });
    over(x, y, kernel, (i, j, k) -> between[group[i]] += k);
    over(
        y,
        y,
        kernel,
        (i, j, k) -> {
          all[0] += k;
          if (i == j) {
            own[0] += k;
          }
        });
    real = all[0];
    realOwn = own[0];
  }

  private interface Pair {
    void take(int i, int j, double kernel);
  }

  private static void over(Points x, Points y, Kernel kernel, Pair each) {
    double[] squaresOfX = x.squares();
    double[] squaresOfY = y.squares();
    for (int from = 0; from < x.count(); from += BLOCK) {
      int to = Math.min(x.count(), from + BLOCK);
      double[] products =
          Algebra.timesTransposed(x.rows(from, to), y.rows(0, y.count()), x.dimension());
      for (int i = from; i < to; i++) {
        for (int j = 0; j < y.count(); j++) {
          double product = products[(i - from) * y.count() + j];
          each.take(i, j, kernel.of(product, squaresOfX[i], squaresOfY[j]));
        }
      }
    }
  }

  /** The estimate with the pairs of a vector with itself, 0 or above. */
  double biased() {
    double xx = Arrays.stream(within).flatMapToDouble(Arrays::stream).sum();
    double xy = Arrays.stream(between).sum();
    double n = group.length;
    return xx / n / n + real / realCount / realCount - 2 * xy / n / realCount;
  }

  /** The unbiased estimate. */
  double unbiased() {
    int[] once = new int[groups];
    Arrays.fill(once, 1);
    return unbiased(once);
  }

  /**
   * The same when each group counts so many times; pairs of its vectors with its own copies are
   * left out.
   */
  double unbiased(int[] times) {
    double xx = 0;
    double pairs = 0;
    double xy = 0;
    double n = 0;
    for (int g = 0; g < groups; g++) {
      n += (double) times[g] * sizes[g];
      xy += times[g] * between[g];
      for (int h = 0; h < groups; h++) {
        double weight = g == h ? times[g] : (double) times[g] * times[h];
        xx += weight * (within[g][h] - (g == h ? ownWithin[g] : 0));
        pairs += weight * (sizes[g] * (double) sizes[h] - (g == h ? sizes[g] : 0));
      }
    }
    double yy = (real - realOwn) / realCount / (realCount - 1);
    return xx / pairs + yy - 2 * xy / n / realCount;
  }
}
