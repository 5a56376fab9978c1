package org.score4j.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.api.Standardization;
import org.score4j.format.text.Numerals;
import org.score4j.recipe.Recipe;
import org.tensorflow.ndarray.Shape;

/**
 * What a recipe makes of the units of its data.
 *
 * @param recipe with the standardization spelled out, if there is one
 * @param notes what the user is told; possibly empty
 */
public record Standardizing(Recipe recipe, List<String> notes) {
  private static final int COLUMNS_SHOWN = 6;
  private static final double LARGEST_PIXEL = 255;

  /** Images of floats rarely exceed 2 unless they hold bytes. */
  private static final double BEYOND_UNIT = 2;

  /** Coarser float32 numbers than this share of a deviation are told. */
  private static final double COARSE = 0.1;

  /** Copies the list. */
  public Standardizing {
    notes = List.copyOf(notes);
  }

  /**
   * Measures float32 data of known size that a recipe trains on, unless it says otherwise.
   *
   * @param data the recipe's data as they are
   * @throws InvalidValueException if the recipe gives a standardization that does not suit the
   *     data, or a number of the data is not finite
   */
  public static Standardizing of(Recipe recipe, Examples data) {
    if (recipe.standardization().isPresent()) {
      check(recipe.standardization().get(), data);
      return new Standardizing(recipe, List.of());
    }
    boolean measured =
        recipe.standardize()
            && recipe.training().isPresent()
            && data.pixels().isEmpty()
            && data.size().isPresent()
            && data.standardization().isEmpty();
    if (!measured) {
      return new Standardizing(recipe, List.of());
    }
    ColumnStatistics statistics = ColumnStatistics.of(data);
    List<Integer> columns = IntStream.range(0, statistics.columns()).boxed().toList();
    var standardization =
        new Standardization(
            columns.stream().map(statistics::center).toList(),
            columns.stream().map(statistics::deviation).toList());
    return new Standardizing(
        recipe.standardized(standardization), notes(statistics, standardization, data.shape()));
  }

  /**
   * The same for weights of another program, which takes data as they are: none that is measured.
   *
   * @throws InvalidValueException as {@link #of}
   */
  public static Standardizing ofOthers(Recipe recipe, Examples data) {
    Standardizing own = of(recipe, data);
    return own.recipe().standardization().equals(recipe.standardization())
        ? own
        : new Standardizing(
            recipe.unstandardized(),
            List.of(
                "standardize=false, as the weights are for data as they are; if theirs were"
                    + " standardized, give the recipe their \"standardization\""));
  }

  private static void check(Standardization given, Examples data) {
    Shape shape = data.shape();
    long last = shape.get(shape.numDimensions() - 1);
    if (data.pixels().isPresent() || data.standardization().isPresent()) {
      throw new InvalidValueException(
          "standardization",
          "one for data that have their own numbers",
          data.pixels().isPresent()
              ? "must be left out for 8-bit images, whose numbers are those of a pixel range"
              : "must be left out for data that are standardized already");
    }
    if (given.mean().size() != last) {
      throw new InvalidValueException(
          "standardization.mean",
          given.mean().size() + " numbers",
          "must have " + last + ", one for each entry of the last axis of shape " + shape);
    }
  }

  /**
   * Examples in the units of the model.
   *
   * @param data as they are
   * @param standardization of the data that the model was trained on
   */
  public static Examples apply(Examples data, Optional<Standardization> standardization) {
    return standardization.isPresent()
            && data.standardization().isEmpty()
            && data.pixels().isEmpty()
        ? new StandardizedExamples(data, standardization.get())
        : data;
  }

  private static List<String> notes(
      ColumnStatistics statistics, Standardization standardization, Shape shape) {
    List<String> notes = new ArrayList<>();
    String of = shape.numDimensions() > 1 ? "channel" : "column";
    notes.add(
        "data standardized by "
            + of
            + ": mean "
            + shown(standardization.mean())
            + ", standard deviation "
            + shown(standardization.deviation())
            + "; samples are in the data's own units (\"standardize\": false turns it off)");
    Range range = Range.of(statistics);
    if (shape.numDimensions() == 3 && range.isOfBytes()) {
      notes.add(
          "data are float images from "
              + range
              + "; \"quantize\": true in \"data\" reads them as 8-bit pixels, for which there are"
              + " more metrics");
    }
    for (int c = 0; c < statistics.columns(); c++) {
      double spacing =
          Math.ulp((float) Math.max(Math.abs(statistics.low()[c]), statistics.high()[c]));
      if (statistics.constant(c)) {
        notes.add(
            of
                + " "
                + c
                + " of the data is constant, "
                + number(statistics.low()[c])
                + (spacing > 1
                    ? ", in float32, whose numbers are "
                        + number(spacing)
                        + " apart there; if it is not constant in the file, subtract a constant"
                        + " from it before it is saved"
                    : ""));
      } else if (spacing > COARSE * statistics.deviation(c)) {
        notes.add(
            of
                + " "
                + c
                + " of the data has standard deviation "
                + number(statistics.deviation(c))
                + " where float32 numbers are "
                + number(spacing)
                + " apart; subtract a constant from it before it is saved");
      }
    }
    return notes;
  }

  /**
   * The least and the largest of some numbers.
   *
   * @param low the least
   * @param high the largest
   */
  public record Range(double low, double high) {
    private static Range of(ColumnStatistics statistics) {
      return new Range(
          DoubleStream.of(statistics.low()).min().orElseThrow(),
          DoubleStream.of(statistics.high()).max().orElseThrow());
    }

    /** Whether float images of this range look like 8-bit pixels. */
    public boolean isOfBytes() {
      return low >= 0 && high > BEYOND_UNIT && high <= LARGEST_PIXEL;
    }

    @Override
    public String toString() {
      return number(low) + " to " + number(high);
    }
  }

  /**
   * The range of float32 data of known size.
   *
   * @throws InvalidValueException if there are none, or one is not finite
   */
  public static Range range(Examples data) {
    return Range.of(ColumnStatistics.of(data));
  }

  private static String shown(List<Double> numbers) {
    String all =
        numbers.stream()
            .limit(COLUMNS_SHOWN)
            .map(Standardizing::number)
            .collect(Collectors.joining(", "));
    return numbers.size() > COLUMNS_SHOWN ? all + ", ..." : all;
  }

  private static String number(double value) {
    return Numerals.ascii(value, 4);
  }
}
