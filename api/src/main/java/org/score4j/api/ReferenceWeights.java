package org.score4j.api;

import java.util.List;

/** A network whose authors published weights, and that knows them by the authors' names. */
public interface ReferenceWeights {

  /**
   * Where each of this network's parameters and buffers comes from. What the authors' network did
   * not have, such as a table of classes, is not listed.
   *
   * @param height of the images, which decides where there is attention
   */
  List<ReferenceWeight> referenceWeights(int height);
}
