package org.score4j.api;

import org.tensorflow.ndarray.Shape;

/** A network that tells what is in an image, for metrics that compare images by that. */
@PluginService
public interface FeatureExtractor {

  /**
   * Loads the network.
   *
   * @param example shape of one image, [H, W, C]
   * @param pixels the numbers that stand for its pixels
   * @throws InvalidValueException if it cannot be read or does not suit such images
   */
  Extraction open(Shape example, PixelRange pixels);

  /** A loaded network. */
  interface Extraction extends AutoCloseable {

    /**
     * What the network says of images.
     *
     * @param values {@code count} images, one after the other, row-major; they are rounded to the
     *     256 levels of a pixel, as data are
     */
    Extracted extract(float[] values, int count);

    /** A digest of the network: another network, another fingerprint. */
    String fingerprint();

    @Override
    void close();
  }

  /**
   * What a network says of images.
   *
   * @param features the last hidden layer, one image after the other
   * @param logits log-probabilities of the classes up to a constant of each image, likewise
   */
  record Extracted(float[] features, float[] logits) {}
}
