package org.score4j.data;

import java.io.IOException;

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

  @Override
  void close();
}
