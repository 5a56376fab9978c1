package org.score4j.api;

import java.util.List;

/**
 * A network that the library diffusers has too, as a {@code UNet2DModel}, and that knows its
 * weights by their names there.
 */
public interface DiffusersWeights {

  /**
   * Where each of this network's parameters and buffers comes from in a file of diffusers.
   *
   * @param height of the images, which decides where there is attention
   * @return empty if diffusers has no such network
   */
  List<ReferenceWeight> diffusersWeights(int height);

  /**
   * The network with every key that takes no part in its output at its default: two networks that
   * are equal then compute the same with the same weights.
   */
  ScoreModel essence();
}
