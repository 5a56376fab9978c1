package org.score4j.api;

/**
 * A method that turns draws from the prior into samples of the data.
 *
 * <p>Reverse-time Euler-Maruyama, whole (Song et al. 2021, eq. 6):
 *
 * <pre>
 * public SamplingLoop build(SamplerGraph g) {
 *   var x = g.state();
 *   var level = g.level("t");
 *   var a = g.scalar("a");
 *   var b = g.scalar("b");
 *   var c = g.scalar("c");
 *   var score = g.at(x, level).score();
 *   var mean = x.times(a).plus(score.times(b));
 *   var step = g.kernel("step", x.set(mean.plus(g.noise().times(c))));
 *   return progress -&gt; {
 *     for (int i = 0; i &lt; steps; i++) {
 *       // coefficients in double: level.at(t), a.is(1 - h f), b.is(h g^2), c.is(sqrt(h) g)
 *       step.run(...);
 *       progress.step(i + 1, steps);
 *     }
 *   };
 * }
 * </pre>
 */
@PluginService
public interface Sampler {

  /**
   * Refuses a forward process that the sampler's components do not suit, such as a time outside of
   * its range. Called before {@link #build}, and as soon as a recipe is read; accepts every process
   * unless overridden.
   *
   * @throws InvalidValueException if the two cannot go together; the rule tells why
   */
  default void check(Sde sde) {}

  /**
   * Compiles the sampler's arithmetic and returns the loop that drives it; the loop may be run
   * again.
   */
  SamplingLoop build(SamplerGraph graph);
}
