package org.score4j.engine.sampling;

import java.util.Optional;
import org.score4j.api.Classifier;
import org.score4j.format.TensorFile;

/**
 * A classifier for guidance.
 *
 * @param classifier the network
 * @param classes number of classes
 * @param checkpoint that of its training, whose averaged parameters are taken; empty if it has none
 */
public record TrainedClassifier(
    Classifier classifier, int classes, Optional<TensorFile> checkpoint) {}
