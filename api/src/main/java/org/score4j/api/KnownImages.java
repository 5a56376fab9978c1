package org.score4j.api;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * A {@link Control} that draws samples of which part is known, such as inpainting. The class of the
 * image that a part is taken from is the class that the model is given for the sample.
 */
public interface KnownImages extends Control {

  /** Where the classes of images are looked up. */
  interface Labels {
    /** The class of an example of the data; empty if the data are not labelled. */
    OptionalInt ofExample(long number);

    /**
     * The classes of all images in a file, in their order; empty if the file has no tensor {@code
     * labels}. An entry is -1 if the class of that image is unknown.
     */
    List<Integer> ofFile(Path file);
  }

  /**
   * The class of the image that a sample shares a part with.
   *
   * @param sample its number, from 0
   * @return empty if it is unknown
   */
  OptionalInt imageClass(long sample, Labels labels);
}
