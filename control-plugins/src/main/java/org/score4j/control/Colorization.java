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
 * Colors grey images (Song et al. 2021, appendix I.3): {@link Replacement} with {@link Grey}.
 *
 * @param images whose grey is known
 * @param known how it gets its noise
 */
@PluginName("colorization")
public record Colorization(@Required Images images, Known known) implements KnownImages {

  /** The grey of example 0. */
  public Colorization() {
    this(new Images(List.of(0L)), Known.PATH);
  }

  private Replacement replacement() {
    return new Replacement(images, new Grey(), known);
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
