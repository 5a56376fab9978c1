package org.score4j.engine;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.score4j.engine.TorchGlobals.Tensor;
import org.tensorflow.ndarray.Shape;

/**
 * What score_sde_pytorch saves, {@code {"model", "optimizer", "ema", "step"}}, or a state
 * dictionary alone.
 *
 * <p>The averages are a list in the order of the parameters, and the optimizer's memory is numbered
 * by that order; the state dictionary has it too, with buffers in between. {@code module.}, which
 * torch's DataParallel puts before every name, is left out.
 */
final class TorchCheckpoint implements TrainedWeights {
  private static final String PARALLEL = "module.";

  /** The one buffer that its networks have; all other tensors are parameters. */
  private static final String BUFFER = "sigmas";

  private final TorchFile file;
  private final Map<String, Tensor> model;
  private final Optional<List<Tensor>> averages;
  private final Optional<AdamMoments> moments;
  private final long step;

  private TorchCheckpoint(TorchFile file, Map<String, Tensor> model, Map<?, ?> saved) {
    this.file = file;
    this.model = model;
    averages = Optional.ofNullable(saved.get("ema")).map(this::averages);
    moments = Optional.ofNullable(saved.get("optimizer")).flatMap(this::moments);
    step = saved.get("step") instanceof Long number && number > 0 ? number : 0;
  }

  /**
   * Finds its way in what was saved.
   *
   * @throws TensorFileException if it is none of these
   */
  static TorchCheckpoint of(TorchFile file) {
    if (!(file.root() instanceof Map<?, ?> root)) {
      throw new TensorFileException(file.path(), "does not hold a dictionary of tensors");
    }
    return root.get("model") instanceof Map<?, ?> model
        ? new TorchCheckpoint(file, named(file, model), root)
        : new TorchCheckpoint(file, named(file, root), Map.of());
  }

  private static Map<String, Tensor> named(TorchFile file, Map<?, ?> state) {
    boolean parallel = state.keySet().stream().allMatch(key -> key.toString().startsWith(PARALLEL));
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    state.forEach(
        (key, value) -> {
          if (!(value instanceof Tensor tensor)) {
            throw new TensorFileException(
                file.path(), "holds under '" + key + "' what is not a tensor: no weights");
          }
          String name = key.toString();
          tensors.put(parallel ? name.substring(PARALLEL.length()) : name, tensor);
        });
    return tensors;
  }

  private List<Tensor> averages(Object ema) {
    if (!(ema instanceof Map<?, ?> map) || !(map.get("shadow_params") instanceof List<?> list)) {
      throw new TensorFileException(file.path(), "has averages ('ema') without 'shadow_params'");
    }
    return list.stream().map(item -> tensor(item, "ema.shadow_params")).toList();
  }

  /** None if no step was made, or another optimizer made it. */
  private Optional<AdamMoments> moments(Object optimizer) {
    if (!(optimizer instanceof Map<?, ?> map)
        || !(map.get("state") instanceof Map<?, ?> states)
        || states.isEmpty()) {
      return Optional.empty();
    }
    Map<String, Tensor> mean = new LinkedHashMap<>();
    Map<String, Tensor> square = new LinkedHashMap<>();
    List<String> names = model.keySet().stream().filter(name -> !name.equals(BUFFER)).toList();
    for (Map.Entry<?, ?> entry : states.entrySet()) {
      if (!(entry.getValue() instanceof Map<?, ?> state)
          || state.get("exp_avg") == null
          || state.get("exp_avg_sq") == null) {
        return Optional.empty();
      }
      if (!(entry.getKey() instanceof Long number) || number < 0 || number >= names.size()) {
        throw new TensorFileException(
            file.path(),
            "has the memory of an optimizer for parameter "
                + entry.getKey()
                + " of "
                + names.size());
      }
      String name = names.get(number.intValue());
      mean.put(name, tensor(state.get("exp_avg"), "optimizer.state"));
      square.put(name, tensor(state.get("exp_avg_sq"), "optimizer.state"));
    }
    return Optional.of(new AdamMoments(new Tensors(file, mean), new Tensors(file, square)));
  }

  private Tensor tensor(Object value, String where) {
    if (value instanceof Tensor tensor) {
      return tensor;
    }
    throw new TensorFileException(file.path(), "holds in '" + where + "' what is not a tensor");
  }

  @Override
  public NamedTensors parameters() {
    return new Tensors(file, model);
  }

  @Override
  public Optional<NamedTensors> averages(Set<String> untrained) {
    if (averages.isEmpty()) {
      return Optional.empty();
    }
    List<String> trained =
        model.keySet().stream()
            .filter(name -> !name.equals(BUFFER) && !untrained.contains(name))
            .toList();
    List<Tensor> tensors = averages.get();
    if (trained.size() != tensors.size()) {
      throw new TensorFileException(
          file.path(),
          String.format(
              Locale.ROOT,
              "has %d averages of %d trained parameters",
              tensors.size(),
              trained.size()));
    }
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      named.put(trained.get(i), tensors.get(i));
    }
    return Optional.of(new Tensors(file, named));
  }

  @Override
  public Optional<AdamMoments> moments() {
    return moments;
  }

  @Override
  public long step() {
    return step;
  }

  /** Some tensors of the file, by name. */
  private record Tensors(TorchFile file, Map<String, Tensor> tensors) implements NamedTensors {
    @Override
    public Path path() {
      return file.path();
    }

    @Override
    public Set<String> names() {
      return Collections.unmodifiableSet(tensors.keySet());
    }

    @Override
    public Shape shape(String name) {
      return Shape.of(find(name).shape());
    }

    @Override
    public float[] values(String name) {
      return file.values(name, find(name));
    }

    private Tensor find(String name) {
      return Optional.ofNullable(tensors.get(name))
          .orElseThrow(() -> new TensorFileException(path(), "holds no tensor " + name));
    }
  }
}
