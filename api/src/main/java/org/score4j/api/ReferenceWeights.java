package org.score4j.api;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** A network whose authors published weights, and that knows them by the authors' names. */
public interface ReferenceWeights {

  /**
   * Where each of this network's parameters and buffers comes from. What the authors' network did
   * not have, such as a table of classes, is not listed.
   *
   * @param height of the images, which decides where there is attention
   */
  List<ReferenceWeight> referenceWeights(int height);

  /**
   * Names of tensors that the authors' network keeps without using them, in this configuration.
   *
   * @param height of the images
   * @return possibly empty; never null
   */
  default Set<String> unusedReferences(int height) {
    return Set.of();
  }

  /**
   * Keys at whose values the authors' code computes something else, or nothing, with the same
   * weights; by each the value that it has there, as JSON, or in words where there are several.
   *
   * @param sde the forward process, which decides on what the authors' networks are told of noise
   *     and what they answer
   * @return possibly empty, in the order of the keys; never null
   */
  default Map<String, String> authorsValues(Sde sde) {
    return Map.of();
  }

  /**
   * The noise levels that the network is told by number, from the largest down, which the authors'
   * files keep as {@code sigmas}; empty if it is told noise otherwise.
   */
  default List<Double> noiseLevels() {
    return List.of();
  }
}
