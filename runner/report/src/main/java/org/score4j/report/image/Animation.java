package org.score4j.report.image;

import java.awt.image.BufferedImage;

/** Pictures shown one after the other. */
public interface Animation {

  /** How many there are, 1 or more. */
  int frames();

  /** Draws one, the same whenever asked; all are of one size. */
  BufferedImage draw(int frame);

  /** How long one is shown, in hundredths of a second, 2 or more. */
  int delay(int frame);
}
