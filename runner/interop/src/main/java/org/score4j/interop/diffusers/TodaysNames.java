package org.score4j.interop.diffusers;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.score4j.engine.weights.RenamedTensors;
import org.score4j.format.NamedTensors;
import org.score4j.format.TensorFileException;

/**
 * Tensors by the names that diffusers gives them today. Until 0.15 layers of attention had others,
 * and until 0.30 the frequencies of NCSN++ were a parameter twice, {@code time_proj.W} and {@code
 * time_proj.weight}. A tensor that is there under both names must be the same.
 */
final class TodaysNames {
  private static final Map<String, String> ATTENTION =
      Map.of(
          ".query.", ".to_q.",
          ".key.", ".to_k.",
          ".value.", ".to_v.",
          ".proj_attn.", ".to_out.0.");
  private static final Map<String, String> OTHERS = Map.of("time_proj.W", "time_proj.weight");

  private TodaysNames() {}

  static NamedTensors of(NamedTensors tensors) {
    Map<String, String> originals = new LinkedHashMap<>();
    for (String name : tensors.names()) {
      String before = originals.putIfAbsent(today(name), name);
      if (before != null && !same(tensors, before, name)) {
        throw new TensorFileException(
            tensors.path(),
            "holds " + before + " and " + name + ", which are one tensor, with other numbers");
      }
    }
    return new RenamedTensors(tensors, originals);
  }

  private static String today(String name) {
    String today = OTHERS.getOrDefault(name, name);
    if (name.contains(".attentions.")) {
      for (Map.Entry<String, String> renamed : ATTENTION.entrySet()) {
        today = today.replace(renamed.getKey(), renamed.getValue());
      }
    }
    return today;
  }

  private static boolean same(NamedTensors tensors, String one, String other) {
    return tensors.shape(one).equals(tensors.shape(other))
        && Arrays.equals(tensors.values(one), tensors.values(other));
  }
}
