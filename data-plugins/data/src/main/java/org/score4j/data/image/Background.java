package org.score4j.data.image;

import java.util.List;
import java.util.Optional;
import org.score4j.api.Validation;

/** The color behind transparent images. */
public record Background(int red, int green, int blue) {

  /** Adds the rule of the recipe's key. */
  public static Validation check(Validation rules, List<Integer> color) {
    return rules.rule(
        color.isEmpty() || color.size() == 3 && color.stream().allMatch(c -> c >= 0 && c <= 255),
        "background",
        color,
        "must be [red, green, blue], each from 0 to 255, or [] to ignore transparency");
  }

  /** The color of a recipe's key; none if that is empty. */
  public static Optional<Background> of(List<Integer> color) {
    return color.isEmpty()
        ? Optional.empty()
        : Optional.of(new Background(color.get(0), color.get(1), color.get(2)));
  }

  boolean grey() {
    return red == green && red == blue;
  }

  int sample(int band) {
    return band == 0 ? red : band == 1 ? green : blue;
  }
}
