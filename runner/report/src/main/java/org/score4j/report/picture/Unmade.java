package org.score4j.report.picture;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.score4j.format.FileFault;
import org.score4j.format.TensorFileException;
import org.score4j.recipe.plugin.BadInput;

/** Why something that a run can do without could not be made, in words for its user. */
public final class Unmade {
  private Unmade() {}

  /** The reason; of what is no fault of files or input, with the kind of failure. */
  public static String why(Throwable thrown) {
    boolean worded =
        thrown instanceof BadInput
            || thrown instanceof TensorFileException
            || thrown instanceof UncheckedIOException;
    if (worded) {
      return thrown.getMessage();
    }
    // Writers of images wrap what the disk said.
    if (thrown instanceof IOException && thrown.getCause() instanceof IOException disk) {
      return FileFault.reason(disk);
    }
    return thrown instanceof IOException file ? FileFault.reason(file) : thrown.toString();
  }
}
