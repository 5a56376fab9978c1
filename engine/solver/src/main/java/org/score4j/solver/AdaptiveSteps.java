package org.score4j.solver;

import java.util.Arrays;
import java.util.function.DoubleFunction;
import org.score4j.api.Progress;

/**
 * The loop of an adaptive method, in either direction. Each sample has its own time, step and
 * control; one that has arrived waits for the others in steps of length 0:
 *
 * <pre>
 *   repeat until every sample has arrived:
 *     h = min(length, what is left)
 *     try the step from t to t + h
 *     if the controller accepts its error:  t = t + h
 * </pre>
 *
 * @param variable in which steps are taken, for errors: "time"
 * @param shortest length below which the loop gives up, 0 or above; in any case ten times the
 *     spacing of doubles
 * @param controllers a controller for each sample, by the length of its first step
 */
public record AdaptiveSteps(
    String variable, double shortest, DoubleFunction<StepController> controllers) {

  /** An embedded method, which takes a step and estimates its error. */
  public interface Method {
    /** Prepares the first step. */
    void begin(Steps first);

    /** Tries a step of every sample and returns the norms of their errors over the tolerance. */
    double[] attempt(Steps steps);

    /**
     * Moves the accepted samples to the ends of their steps; those that were refused stay.
     *
     * @param tried the steps of the last {@link #attempt}
     * @param accepted whose are taken
     * @param next the steps of the next attempt; all of length 0 if there is none
     */
    void advance(Steps tried, boolean[] accepted, Steps next);
  }

  /**
   * A step of every sample.
   *
   * @param from where it starts
   * @param length its length, negative if it leads backwards
   * @param to where it ends: {@code from + length}, but the end of the way is met exactly
   */
  public record Steps(double[] from, double[] length, double[] to) {

    /** The times at a part, from 0 to 1, of every step. */
    double[] after(double part) {
      double[] times = new double[from.length];
      Arrays.setAll(times, i -> from[i] + part * length[i]);
      return times;
    }
  }

  /**
   * Leads every sample from one time to another.
   *
   * @param lengths of the first steps, above 0
   * @param progress told after each attempt, of as many as the current steps make likely
   * @throws IllegalStateException if a step becomes too short
   */
  public void run(double from, double to, double[] lengths, Method method, Progress progress) {
    int batch = lengths.length;
    double[] at = new double[batch];
    Arrays.fill(at, from);
    StepController[] control = new StepController[batch];
    Arrays.setAll(control, i -> controllers.apply(lengths[i]));
    double direction = Math.signum(to - from);

    Steps steps = steps(at, to, direction, control);
    method.begin(steps);
    for (long attempts = 1; ; attempts++) {
      double[] errors = method.attempt(steps);
      boolean[] accepted = new boolean[batch];
      long left = 0;
      for (int i = 0; i < batch; i++) {
        if (at[i] == to) {
          continue;
        }
        accepted[i] = control[i].accepts(Math.abs(steps.length()[i]), errors[i]);
        if (accepted[i]) {
          at[i] = steps.to()[i];
        }
        if (at[i] != to && !(control[i].length() >= Math.max(shortest, 10 * Math.ulp(at[i])))) {
          throw new IllegalStateException(
              "the step at "
                  + variable
                  + " "
                  + at[i]
                  + " became too small: the score is not finite there, or rtol and atol ask for"
                  + " more than float32 can give");
        }
        left = Math.max(left, (long) Math.ceil(Math.abs(to - at[i]) / control[i].length()));
      }
      Steps next = steps(at, to, direction, control);
      method.advance(steps, accepted, next);
      progress.step(attempts, attempts + left);
      if (left == 0) {
        return;
      }
      steps = next;
    }
  }

  private static Steps steps(double[] at, double to, double direction, StepController[] control) {
    int batch = at.length;
    double[] from = at.clone();
    double[] length = new double[batch];
    double[] end = new double[batch];
    for (int i = 0; i < batch; i++) {
      double left = Math.abs(to - from[i]);
      double step = Math.min(control[i].length(), left);
      length[i] = direction * step;
      end[i] = step == left ? to : from[i] + length[i];
    }
    return new Steps(from, length, end);
  }
}
