package org.score4j.control;

import java.util.List;
import org.score4j.api.Precision;
import org.score4j.api.Progress;
import org.score4j.api.Sampler;
import org.score4j.api.SamplerGraph;
import org.score4j.api.SamplingLoop;
import org.score4j.api.ScoreModel;
import org.score4j.api.Sde;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.SamplingOptions;
import org.score4j.engine.sampling.SamplingProgram;
import org.tensorflow.ndarray.Shape;

/** The three forms of a controlled field at one state and time. */
record Probe(double[] score, double[] noise, double[] denoised, long evaluations) {

  static Probe of(
      Sde sde,
      ScoreModel model,
      ControlInputs controls,
      Shape example,
      int classes,
      float[] x,
      double t) {
    double[][] found = new double[3][];
    Sampler look =
        new Sampler() {
          @Override
          public SamplingLoop build(SamplerGraph graph) {
            var level = graph.level("t");
            var field = graph.at(graph.state(), level);
            var score = graph.kernel("score", List.of(field.score()));
            var noise = graph.kernel("noise", List.of(field.noise()));
            var denoised = graph.kernel("denoised", List.of(field.denoised()));
            return progress -> {
              found[0] = score.run(level.at(t));
              found[1] = noise.run(level.at(t));
              found[2] = denoised.run(level.at(t));
            };
          }
        };
    int batch = (int) (x.length / example.size());
    var options = new SamplingOptions().with(controls);
    try (var program =
        new SamplingProgram(
            sde, model, look, example, batch, classes, Precision.FLOAT32, options)) {
      program.drawFrom(x, 0, 0, n -> (int) (n % Math.max(1, classes)), Progress.NONE);
      return new Probe(found[0], found[1], found[2], program.evaluations() / 3);
    }
  }
}
