package org.score4j.report;

import java.util.Optional;
import org.score4j.api.Validation;
import org.score4j.report.image.GifFile;

/**
 * What an animation is to show, and how.
 *
 * @param direction which way
 * @param count of particles or images; empty for as many as look well
 * @param seed which samples; the recipe's seed if empty
 * @param frames pictures of each direction, 2 or more
 * @param fps pictures a second, from 1 to 50
 * @param width of a picture in pixels, from 160 to 4096
 * @param colors of the palette at most, from 2 to 255
 * @param denoised whether the model's estimate of the clean images stands beside them
 */
public record AnimationRequest(
    Direction direction,
    Optional<Integer> count,
    Optional<Long> seed,
    int frames,
    int fps,
    int width,
    int colors,
    boolean denoised) {

  /** Checks the ranges. */
  public AnimationRequest {
    var rules = Validation.begin();
    within(rules, "frames", frames, 2, 1000);
    within(rules, "fps", fps, 1, 50);
    within(rules, "width", width, 160, 4096);
    within(rules, "colors", colors, 2, GifFile.MOST_COLORS);
    count.ifPresent(n -> within(rules, "count", n, 1, 10_000));
    rules.end();
  }

  private static void within(Validation rules, String name, int value, int low, int high) {
    String rule = "must lie between " + low + " and " + high;
    rules.rule(value >= low && value <= high, name, value, rule);
  }

  /**
   * How long a picture is shown, in hundredths of a second; the last of all stays for two seconds.
   */
  int delay(boolean last) {
    return last ? 200 : Math.round(100f / fps);
  }
}
