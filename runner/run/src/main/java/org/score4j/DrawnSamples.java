package org.score4j;

import java.nio.file.Path;
import java.util.List;
import org.score4j.api.Metric;
import org.tensorflow.ndarray.Shape;

/**
 * Samples that a run has drawn and kept, with what was measured on them.
 *
 * @param count how many
 * @param seed which
 * @param step the training step of the parameters; 0 if the model has none
 * @param evaluations network evaluations for each sample
 * @param file the samples
 * @param shape of one: [H, W, C] or [D]
 * @param measurements by the recipe's metrics; possibly empty
 */
public record DrawnSamples(
    int count,
    long seed,
    long step,
    long evaluations,
    Path file,
    Shape shape,
    List<Metric.Measurement> measurements) {}
