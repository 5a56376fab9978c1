package org.score4j.control;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.score4j.api.Control;
import org.score4j.api.MixtureComponent;
import org.score4j.api.PixelRange;
import org.score4j.engine.sampling.ControlInputs;
import org.score4j.engine.sampling.TrainedClassifier;
import org.score4j.model.GaussianMixture;
import org.tensorflow.ndarray.Shape;

/**
 * Three classes in the plane that overlap, p(x) = sum w_k N(x; mu_k, s^2 I), and what guidance
 * towards the first should draw,
 *
 * <pre>  p(x) p(class | x)^w / Z,    that is    p(x | class) p(class | x)^(w - 1) / Z'.</pre>
 *
 * <p>By the second form a draw of the class is kept with the probability p(class | x)^(w - 1).
 *
 * @param weight w, 1 or above
 */
record GuidedMixture(double weight) implements Target {
  private static final double DEVIATION = 0.5;
  private static final List<Double> WEIGHTS = List.of(0.2, 0.3, 0.5);
  private static final List<List<Double>> MEANS =
      List.of(List.of(0.0, 1.0), List.of(-0.9, -0.5), List.of(0.9, -0.5));

  @Override
  public Shape shape() {
    return Shape.of(2);
  }

  @Override
  public GaussianMixture model() {
    List<MixtureComponent> components = new ArrayList<>();
    for (int k = 0; k < MEANS.size(); k++) {
      components.add(
          new MixtureComponent(WEIGHTS.get(k), MEANS.get(k), Collections.nCopies(2, DEVIATION)));
    }
    return new GaussianMixture(components, true);
  }

  @Override
  public int classes() {
    return MEANS.size();
  }

  @Override
  public ControlInputs inputs(List<Control> controls) {
    var classifier = new ExactClassifier(WEIGHTS, MEANS, DEVIATION);
    return new ControlInputs(
        controls,
        PixelRange.UNIT,
        number -> new float[2],
        run -> new TrainedClassifier(classifier, classes(), Optional.empty()));
  }

  @Override
  public float[] draws(int count, long seed) {
    Random random = new Random(seed);
    float[] draws = new float[2 * count];
    int kept = 0;
    while (kept < count) {
      double[] x = new double[2];
      for (int i = 0; i < 2; i++) {
        x[i] = MEANS.get(0).get(i) + DEVIATION * random.nextGaussian();
      }
      if (random.nextDouble() < Math.pow(probability(x), weight - 1)) {
        draws[2 * kept] = (float) x[0];
        draws[2 * kept + 1] = (float) x[1];
        kept++;
      }
    }
    return draws;
  }

  /** Of the first class. */
  private static double probability(double[] x) {
    double first = 0;
    double all = 0;
    for (int k = 0; k < MEANS.size(); k++) {
      double square =
          Math.pow(x[0] - MEANS.get(k).get(0), 2) + Math.pow(x[1] - MEANS.get(k).get(1), 2);
      double joint = WEIGHTS.get(k) * Math.exp(-square / (2 * DEVIATION * DEVIATION));
      first += k == 0 ? joint : 0;
      all += joint;
    }
    return first / all;
  }
}
