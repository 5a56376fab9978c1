package org.score4j.engine.weights;

import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.score4j.engine.weights.StateSearch.Found;
import org.score4j.engine.weights.StateSearch.Group;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;
import org.score4j.format.torch.TorchFile;
import org.score4j.format.torch.TorchGlobals.Tensor;
import org.tensorflow.ndarray.Shape;

/**
 * What trainers save by {@code torch.save}: a state dictionary alone, or one among counters,
 * settings, averages and the optimizer's memory, as score_sde_pytorch's {@code {"model",
 * "optimizer", "ema", "step"}} or the list {@code [state, optimizer, epoch, step, averages]} of the
 * NCSN papers' code.
 *
 * <p>Averages are a dictionary of the same names, or a list in the order of the parameters, such as
 * {@code shadow_params}. The optimizer's memory is numbered by that order; the state dictionary has
 * it too, with buffers in between.
 */
final class TorchCheckpoint implements TrainedWeights {
  /** The one buffer that the published networks have; all other tensors are parameters. */
  private static final String BUFFER = "sigmas";

  private final TorchFile file;
  private final TorchObjects objects;
  private final Found found;

  private TorchCheckpoint(TorchFile file, TorchObjects objects, Found found) {
    this.file = file;
    this.objects = objects;
    this.found = found;
  }

  /**
   * Finds its way in what was saved.
   *
   * @throws TensorFileException if there are no tensors by name
   */
  static TorchCheckpoint of(TorchFile file) {
    var objects = TorchObjects.in(file.root());
    return new TorchCheckpoint(file, objects, search(file, objects).find(Set.of()));
  }

  private static StateSearch search(TorchFile file, TorchObjects objects) {
    return new StateSearch(
        file.path(),
        objects.dictionaries().stream()
            .map(d -> new Group(d.place(), d.averaged(), new Tensors(file, d.tensors())))
            .toList());
  }

  @Override
  public TrainedWeights ofNetwork(Set<String> names) {
    return new TorchCheckpoint(file, objects, search(file, objects).find(names));
  }

  @Override
  public String place() {
    return found.place();
  }

  @Override
  public NamedTensors parameters() {
    return found.parameters();
  }

  @Override
  public Optional<NamedTensors> averages(Set<String> untrained) {
    if (found.averages().isPresent()) {
      return found.averages();
    }
    Map<String, List<Tensor>> lists = objects.shadows();
    if (lists.isEmpty()) {
      return Optional.empty();
    }
    if (lists.size() > 1) {
      throw new TensorFileException(
          file.path(),
          "has "
              + lists.size()
              + " lists of EMA weights ("
              + String.join("; ", lists.keySet())
              + "); write the one to be imported to a file of its own, beside the parameters");
    }
    List<String> trained =
        parameterNames().stream().filter(name -> !untrained.contains(name)).toList();
    List<Tensor> tensors = lists.values().iterator().next();
    if (trained.size() != tensors.size()) {
      throw new TensorFileException(
          file.path(),
          "has " + tensors.size() + " EMA weights of " + trained.size() + " trained parameters");
    }
    Map<String, Tensor> named = new LinkedHashMap<>();
    for (int i = 0; i < tensors.size(); i++) {
      named.put(trained.get(i), tensors.get(i));
    }
    return Optional.of(new Tensors(file, named));
  }

  private List<String> parameterNames() {
    return found.parameters().names().stream().filter(name -> !name.equals(BUFFER)).toList();
  }

  /** None if no step was made, another optimizer made it, or it has other parameters as well. */
  @Override
  public Optional<AdamMoments> moments() {
    List<String> names = parameterNames();
    if (!found.whole()) {
      return Optional.empty();
    }
    Map<String, Tensor> mean = new LinkedHashMap<>();
    Map<String, Tensor> square = new LinkedHashMap<>();
    for (Map.Entry<Integer, Map<?, ?>> entry : objects.optimizer().entrySet()) {
      if (!(entry.getValue().get("exp_avg") instanceof Tensor first)
          || !(entry.getValue().get("exp_avg_sq") instanceof Tensor second)) {
        return Optional.empty();
      }
      if (entry.getKey() < 0 || entry.getKey() >= names.size()) {
        throw new TensorFileException(
            file.path(),
            "has the memory of an optimizer for parameter "
                + entry.getKey()
                + " of "
                + names.size());
      }
      mean.put(names.get(entry.getKey()), first);
      square.put(names.get(entry.getKey()), second);
    }
    return mean.isEmpty()
        ? Optional.empty()
        : Optional.of(new AdamMoments(new Tensors(file, mean), new Tensors(file, square)));
  }

  /** The trainer's counter; without one, the optimizer's. */
  @Override
  public long step() {
    return objects.step() > 0
        ? objects.step()
        : objects.optimizer().values().stream()
            .mapToLong(memory -> count(memory.get("step")))
            .max()
            .orElse(0);
  }

  /** A number, or a tensor of one. */
  private long count(Object step) {
    if (step instanceof Tensor tensor && tensor.shape().length == 0) {
      return tensor.storage().type().format().isPresent()
          ? (long) file.values("step", tensor)[0]
          : 0;
    }
    return step instanceof Long number ? number : 0;
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
