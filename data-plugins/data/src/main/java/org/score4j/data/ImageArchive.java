package org.score4j.data;

import java.io.IOException;
import org.score4j.api.InvalidValueException;
import org.score4j.data.image.Picture;

/** Images by number, from any thread, each of its own size. */
interface ImageArchive extends AutoCloseable {

  /** How many there are. */
  int count();

  /** What an image is called, for errors. */
  String name(int index);

  /**
   * Reads an image.
   *
   * @throws IOException whose message says what is wrong with it
   */
  Picture picture(int index) throws IOException;

  /** What images must be, for errors about those that cannot be read. */
  default String rule() {
    return "must hold images that can be read";
  }

  /**
   * What to throw when something about an image is wrong. Made by the data set itself, so that the
   * stack trace tells which of a recipe's data sets it was.
   */
  InvalidValueException fault(int index, String found, String rule);

  @Override
  void close();
}
