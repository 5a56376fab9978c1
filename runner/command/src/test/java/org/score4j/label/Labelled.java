package org.score4j.label;

import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.score4j.api.Control;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.api.ScoreModel;
import org.score4j.engine.label.LabelChoice;
import org.score4j.engine.sampling.LoopMode;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.Sampling;
import org.score4j.recipe.Training;
import org.tensorflow.ndarray.Shape;

/** Points with labels; unlabelled if there are neither names nor labels. */
record Labelled(List<String> classNames, int... labels) implements Examples {

  /** A recipe of a model; its labelDropout is unknown if empty. */
  static Recipe recipe(
      boolean conditional, LabelChoice choice, Optional<Double> labelDropout, Control... control) {
    ScoreModel model = mock(ScoreModel.class);
    when(model.conditional()).thenReturn(conditional);
    Recipe recipe = mock(Recipe.class);
    when(recipe.model()).thenReturn(Optional.of(model));
    when(recipe.scoreModel()).thenReturn(model);
    when(recipe.control()).thenReturn(List.of(control));
    when(recipe.sampling())
        .thenReturn(new Sampling(1, 1, Optional.empty(), choice, LoopMode.AUTO, Optional.empty()));
    when(recipe.training()).thenReturn(labelDropout.map(share -> mock(Training.class)));
    when(recipe.labelDropout())
        .thenReturn(labelDropout.map(OptionalDouble::of).orElse(OptionalDouble.empty()));
    return recipe;
  }

  @Override
  public OptionalLong size() {
    return OptionalLong.of(Math.max(1, labels.length));
  }

  @Override
  public Shape shape() {
    return Shape.of(2);
  }

  @Override
  public Optional<PixelRange> pixels() {
    return Optional.empty();
  }

  @Override
  public int classes() {
    return classNames.isEmpty() ? Arrays.stream(labels).max().orElse(-1) + 1 : classNames.size();
  }

  @Override
  public int label(long index) {
    return labels[(int) index];
  }

  @Override
  public void read(long index, ByteBuffer into) {
    into.putFloat(index).putFloat(0);
  }

  @Override
  public String fingerprint() {
    return "labelled";
  }
}
