package org.score4j.api;

/** One step of a numerical solver of the reverse-time SDE (Song et al. 2021, section 4.2). */
@PluginService
public interface Predictor {

  /** Compiles the step, which updates {@link SamplerGraph#state()}. */
  Step build(SamplerGraph graph);

  /** The compiled step. */
  @FunctionalInterface
  interface Step {
    /**
     * Takes the state from one time to an earlier one.
     *
     * @param t the time of the state
     * @param s the time to reach, before {@code t}
     * @param last whether to leave out the noise and keep the mean, which is the step's denoised
     *     state
     */
    void run(double t, double s, boolean last);
  }
}
