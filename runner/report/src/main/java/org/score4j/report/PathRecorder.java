package org.score4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.score4j.api.NoiseLevel;
import org.score4j.engine.sampling.StateListener;
import org.score4j.report.plane.Timeline;

/**
 * Notes the states of a batch of samples on their way from the prior to the data. Of two states of
 * one time, the second counts: the first was a prediction that it corrects. Where there are more of
 * one time, as Langevin dynamics has them, all the others count. Of a long way only every second,
 * fourth, ... state is kept.
 */
final class PathRecorder implements StateListener {
  private final int most;
  private final List<double[]> times = new ArrayList<>();
  private final List<float[]> states = new ArrayList<>();
  private long stride = 1;
  private long seen;
  private double[] lastTimes = {};
  private int statesOfTime;

  /**
   * A recorder of one batch.
   *
   * @param most states to keep, 2 or more
   */
  PathRecorder(int most) {
    this.most = most;
  }

  @Override
  public void state(double[] at, Supplier<float[]> state) {
    statesOfTime = Arrays.equals(at, lastTimes) ? statesOfTime + 1 : 1;
    lastTimes = at;
    boolean corrects = statesOfTime == 2 && seen > 1;
    if (corrects) {
      seen--;
    }
    if (seen++ % stride != 0) {
      return;
    }
    if (corrects) {
      states.set(states.size() - 1, state.get());
      return;
    }
    times.add(at);
    states.add(state.get());
    if (states.size() > most) {
      halve(times);
      halve(states);
      stride *= 2;
    }
  }

  /** Whether no state was told. */
  boolean isEmpty() {
    return states.isEmpty();
  }

  private static void halve(List<?> list) {
    for (int i = list.size() - 1 - list.size() % 2; i > 0; i -= 2) {
      list.remove(i);
    }
  }

  /**
   * Where samples were at some points of their way.
   *
   * @param states at each point those of the batch, row-major
   * @param places of each point's states on the {@link Timeline}, their mean over the samples
   */
  record Points(float[][] states, double[] places) {}

  /**
   * Looks back on a way that is not {@link #isEmpty}, at its begin, its end, and points between.
   * They follow each other evenly by the {@link Timeline}; the part of its steps that a sampler
   * spends without a change of the time, all of Langevin's, has that part of them.
   *
   * @param samples where the way ended
   * @param count number of points, 2 or more
   * @param between whether samples go from state to state as Euler's method goes, which is straight
   *     for x / alpha against sigma / alpha; else they stay at one until they are at the next
   */
  Points points(Timeline timeline, float[] samples, int count, boolean between) {
    int batch = times.get(0).length;
    int size = samples.length / batch;
    double[][] places = places(timeline);
    double[][] way = way(places);
    int last = states.size();
    float[][] found = new float[count][samples.length];
    double[] meanPlaces = new double[count];
    Steps steps = new Steps(timeline, count);
    for (int n = 0; n < batch; n++) {
      int k = 0;
      for (int point = 0; point < count; point++) {
        double share = (double) point / (count - 1);
        while (k < last && (way[k + 1][n] <= share || point == count - 1)) {
          k++;
        }
        float[] from = k == last ? samples : states.get(k);
        double part = k < last ? (share - way[k][n]) / (way[k + 1][n] - way[k][n]) : 0;
        if (!between || part == 0) {
          System.arraycopy(from, n * size, found[point], n * size, size);
          meanPlaces[point] += places[k][n] / batch;
          continue;
        }
        Steps.Weights weights = steps.between(point, places[k][n], places[k + 1][n], part);
        float[] to = k + 1 == last ? samples : states.get(k + 1);
        for (int i = n * size; i < (n + 1) * size; i++) {
          found[point][i] = (float) (weights.from() * from[i] + weights.to() * to[i]);
        }
        meanPlaces[point] += weights.place() / batch;
      }
    }
    return new Points(found, meanPlaces);
  }

  /** Place of each state of each sample; the last of all is the start time's. */
  private double[][] places(Timeline timeline) {
    int batch = times.get(0).length;
    double[][] places = new double[states.size() + 1][batch];
    boolean moved = false;
    for (int k = 0; k < states.size(); k++) {
      for (int n = 0; n < batch; n++) {
        places[k][n] = timeline.place(times.get(k)[n]);
        moved |= places[k][n] != places[0][n];
      }
    }
    if (!moved && states.size() > 1) {
      places[states.size()] = places[0];
    }
    return places;
  }

  /** The share of its way that each sample has gone at each state, from 0 to 1. */
  private static double[][] way(double[][] places) {
    int last = places.length - 1;
    int batch = places[0].length;
    double[][] gone = new double[last + 1][batch];
    int still = 0;
    for (int k = 1; k <= last; k++) {
      boolean stays = true;
      for (int n = 0; n < batch; n++) {
        double step = Math.abs(places[k][n] - places[k - 1][n]);
        gone[k][n] = gone[k - 1][n] + step;
        stays &= step == 0;
      }
      still += stays ? 1 : 0;
    }
    double stillShare = (double) still / last;
    for (int k = 1; k <= last; k++) {
      for (int n = 0; n < batch; n++) {
        double byTime = gone[last][n] > 0 ? gone[k][n] / gone[last][n] : (double) k / last;
        gone[k][n] = k == last ? 1 : stillShare * k / last + (1 - stillShare) * byTime;
      }
    }
    return gone;
  }

  /**
   * Weights of two states between which a third is wanted, each computed once for equal samples.
   */
  private static final class Steps {
    private final Timeline timeline;
    private final Weights[] known;

    Steps(Timeline timeline, int points) {
      this.timeline = timeline;
      this.known = new Weights[points];
    }

    record Weights(double start, double end, double place, double from, double to) {}

    Weights between(int point, double start, double end, double part) {
      double place = start + part * (end - start);
      if (known[point] == null
          || known[point].start() != start
          || known[point].end() != end
          || known[point].place() != place) {
        known[point] = weights(start, end, place, part);
      }
      return known[point];
    }

    private Weights weights(double start, double end, double place, double part) {
      if (start == end) {
        return new Weights(start, end, place, 1 - part, part);
      }
      NoiseLevel first = level(start);
      NoiseLevel last = level(end);
      NoiseLevel here = level(place);
      double ratio = first.sigma() / first.alpha();
      double share = (here.sigma() / here.alpha() - ratio) / (last.sigma() / last.alpha() - ratio);
      return new Weights(
          start,
          end,
          place,
          (1 - share) * here.alpha() / first.alpha(),
          share * here.alpha() / last.alpha());
    }

    private NoiseLevel level(double place) {
      return timeline.sde().level(timeline.time(place));
    }
  }
}
