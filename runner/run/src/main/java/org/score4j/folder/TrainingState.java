package org.score4j.folder;

import java.util.LinkedHashMap;
import java.util.Map;
import org.score4j.format.TensorFile;
import org.score4j.format.TensorFileException;

/**
 * What a checkpoint says beside its tensors.
 *
 * @param step updates done, which with the seed determines all random numbers
 * @param skippedInRow updates up to the last that were skipped
 * @param window losses since the last line of the log
 */
public record TrainingState(long step, int skippedInRow, String window) {
  private static final String STEP = "step";
  private static final String SKIPPED = "skippedInRow";
  private static final String WINDOW = "window";

  /** The recipe of the training. */
  public static final String RECIPE = "recipe";

  /** The fingerprint of its data. */
  static final String DATA = "dataFingerprint";

  /** Nothing has been done. */
  public static TrainingState start() {
    return new TrainingState(0, 0, "");
  }

  /**
   * Reads it from a checkpoint.
   *
   * @throws TensorFileException if the file says no step
   */
  public static TrainingState of(TensorFile checkpoint) {
    long step = number(checkpoint, STEP, -1);
    if (step < 0) {
      throw new TensorFileException(
          checkpoint.path(), "does not say at which step it was made: no checkpoint of a run");
    }
    return new TrainingState(
        step, (int) number(checkpoint, SKIPPED, 0), checkpoint.metadata().getOrDefault(WINDOW, ""));
  }

  private static long number(TensorFile checkpoint, String key, long otherwise) {
    String text = checkpoint.metadata().getOrDefault(key, "");
    return text.matches("\\d{1,18}") ? Long.parseLong(text) : otherwise;
  }

  /**
   * What the checkpoint of a recipe is to say.
   *
   * @param data fingerprint of the data
   * @param examples read so far, the position in the data
   */
  public Map<String, String> metadata(String recipe, long seed, String data, long examples) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put(STEP, Long.toString(step));
    texts.put(SKIPPED, Integer.toString(skippedInRow));
    texts.put(WINDOW, window);
    texts.put("examples", Long.toString(examples));
    texts.put("seed", Long.toString(seed));
    texts.put(RECIPE, recipe);
    texts.put(DATA, data);
    return texts;
  }
}
