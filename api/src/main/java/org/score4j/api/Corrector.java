package org.score4j.api;

/**
 * Markov-chain steps that leave the marginal of one time unchanged (Song et al. 2021, section 4.2).
 */
@PluginService
public interface Corrector {

  /** Compiles the steps, which update {@link SamplerGraph#state()}. */
  Step build(SamplerGraph graph);

  /** The compiled steps. */
  @FunctionalInterface
  interface Step {
    /**
     * Moves the state at one time.
     *
     * @param t the time of the state
     * @param s the next time of the grid, before {@code t}
     */
    void run(double t, double s);
  }
}
