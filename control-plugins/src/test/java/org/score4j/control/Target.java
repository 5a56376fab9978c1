package org.score4j.control;

import java.util.List;
import org.score4j.api.Control;
import org.score4j.api.ScoreModel;
import org.score4j.engine.sampling.ControlInputs;
import org.tensorflow.ndarray.Shape;

/** A distribution that controlled samples of an exact model should have. */
interface Target {
  /** Shape of one example. */
  Shape shape();

  /** The exact score, without control. */
  ScoreModel model();

  /** Number of classes that the model is told; 0 if none. Samples are of the first. */
  int classes();

  /** Controls with what they ask for. */
  ControlInputs inputs(List<Control> controls);

  /** Exact draws, one after the other. */
  float[] draws(int count, long seed);
}
