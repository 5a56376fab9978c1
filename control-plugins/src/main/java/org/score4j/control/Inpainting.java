package org.score4j.control;

import java.util.List;
import java.util.OptionalInt;
import org.score4j.api.ControlGraph;
import org.score4j.api.KnownImages;
import org.score4j.api.LevelTensors;
import org.score4j.api.PluginName;
import org.score4j.api.Required;
import org.score4j.api.ScoreField;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * Completes images of which some pixels are known (Song et al. 2021, appendix I.2): {@link
 * Replacement} with a {@link Mask}.
 *
 * @param images of which pixels are known
 * @param mask which pixels
 * @param known how they get their noise
 */
@PluginName("inpainting")
public record Inpainting(@Required Images images, Mask mask, Known known) implements KnownImages {

  /** The left half of example 0. */
  public Inpainting() {
    this(new Images(List.of(0L)), new Mask(), Known.PATH);
  }

  private Replacement replacement() {
    return new Replacement(images, mask, known);
  }

  @Override
  public OptionalInt imageClass(long sample, Labels labels) {
    return images.imageClass(sample, labels);
  }

  @Override
  public ScoreField field(ControlGraph graph) {
    return replacement().field(graph);
  }

  @Override
  public Operand<TFloat32> state(ControlGraph graph, Operand<TFloat32> x, LevelTensors level) {
    return replacement().state(graph, x, level);
  }

  @Override
  public Operand<TFloat32> samples(ControlGraph graph, Operand<TFloat32> x) {
    return replacement().samples(graph, x);
  }
}
