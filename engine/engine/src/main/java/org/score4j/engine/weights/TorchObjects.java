package org.score4j.engine.weights;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.score4j.format.torch.TorchGlobals.Tensor;
import org.score4j.format.torch.Unpickler.Tuple;

/**
 * What there is in an object that a trainer saved.
 *
 * @param dictionaries of tensors, wherever they are
 * @param shadows lists of averages, by the keys that lead there
 * @param optimizer what it remembers, by the number of the parameter; possibly empty
 * @param step of training; 0 if it is not told
 */
record TorchObjects(
    List<Dictionary> dictionaries,
    Map<String, List<Tensor>> shadows,
    Map<Integer, Map<?, ?>> optimizer,
    long step) {
  private static final int DEPTH = 6;
  private static final List<String> OPTIMIZERS =
      List.of("optimizer", "opt", "optim", "optimizer_state_dict", "optimizer_states");
  private static final String SHADOW = "shadow_params";

  /** What stands beside averages: the parameters while averages are in their place. */
  private static final List<String> SET_ASIDE = List.of("collected", "backup");

  private static final List<String> STEPS = List.of("step", "global_step", "iteration");

  /** Positions in the list that the NCSN papers' code saves. */
  private static final int LIST_OPTIMIZER = 1;

  private static final int LIST_STEP = 3;

  /**
   * Tensors by name.
   *
   * @param place keys that lead there, joined by dots
   * @param averaged whether it stands where only averages do
   */
  record Dictionary(String place, boolean averaged, Map<String, Tensor> tensors) {}

  static TorchObjects in(Object root) {
    var walk = new Walk(new ArrayList<>(), new LinkedHashMap<>(), root instanceof List<?>);
    walk.visit("", root, DEPTH, Collections.newSetFromMap(new IdentityHashMap<>()));
    return new TorchObjects(walk.dictionaries, walk.averages(), optimizer(root), step(root));
  }

  private record Walk(
      List<Dictionary> dictionaries, Map<String, List<Tensor>> lists, boolean list) {
    void visit(String place, Object object, int depth, Set<Object> seen) {
      if (depth == 0 || !seen.add(object)) {
        return;
      }
      if (object instanceof Map<?, ?> map) {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        map.forEach(
            (key, value) -> {
              if (value instanceof Tensor tensor && key instanceof String name) {
                tensors.put(name, tensor);
              } else {
                visit(place.isEmpty() ? key.toString() : place + "." + key, value, depth - 1, seen);
              }
            });
        if (!tensors.isEmpty()) {
          boolean averaged = list && !place.isEmpty() && !place.equals("0");
          dictionaries.add(new Dictionary(place, averaged, tensors));
        }
      } else {
        List<?> items = items(object);
        if (!items.isEmpty() && items.stream().allMatch(Tensor.class::isInstance)) {
          lists.put(place, items.stream().map(Tensor.class::cast).toList());
        }
        for (int i = 0; i < items.size(); i++) {
          String number = Integer.toString(i);
          visit(place.isEmpty() ? number : place + "." + i, items.get(i), depth - 1, seen);
        }
      }
    }

    /** Those called so; if there are none, those that stand where averages do. */
    Map<String, List<Tensor>> averages() {
      Map<String, List<Tensor>> named = new LinkedHashMap<>(lists);
      named.keySet().removeIf(place -> !place.equals(SHADOW) && !place.endsWith("." + SHADOW));
      if (named.isEmpty()) {
        named.putAll(lists);
        named.keySet().removeIf(place -> !isAverage(place));
      }
      return named;
    }

    private static boolean isAverage(String place) {
      return StateSearch.saysAverage(place) && SET_ASIDE.stream().noneMatch(place::contains);
    }
  }

  private static List<?> items(Object object) {
    if (object instanceof Tuple tuple) {
      return tuple.items();
    }
    return object instanceof List<?> list ? list : List.of();
  }

  private static Map<Integer, Map<?, ?>> optimizer(Object root) {
    Object optimizer = at(root, OPTIMIZERS, LIST_OPTIMIZER);
    List<?> several = items(optimizer);
    if (several.size() == 1) {
      optimizer = several.get(0);
    }
    Map<Integer, Map<?, ?>> numbered = new TreeMap<>();
    if (optimizer instanceof Map<?, ?> map && map.get("state") instanceof Map<?, ?> states) {
      List<Object> order = order(map.get("param_groups"));
      states.forEach(
          (key, state) -> {
            if (key instanceof Long number && state instanceof Map<?, ?> remembered) {
              // Before PyTorch 1.5 parameters are known by addresses, which the groups list.
              int at = order.indexOf(number);
              numbered.put(
                  at >= 0 ? at : Math.toIntExact(Math.min(number, Integer.MAX_VALUE)), remembered);
            }
          });
    }
    return numbered;
  }

  private static List<Object> order(Object groups) {
    List<Object> order = new ArrayList<>();
    for (Object group : items(groups)) {
      if (group instanceof Map<?, ?> map) {
        order.addAll(items(map.get("params")));
      }
    }
    return order;
  }

  private static long step(Object root) {
    return at(root, STEPS, LIST_STEP) instanceof Long number && number > 0 ? number : 0;
  }

  /** The first of the keys that a dictionary has, or what a list has at its place. */
  private static Object at(Object root, List<String> keys, int place) {
    if (root instanceof Map<?, ?> map) {
      return keys.stream().filter(map::containsKey).<Object>map(map::get).findFirst().orElse(0);
    }
    List<?> items = items(root);
    return items.size() > place ? items.get(place) : 0;
  }
}
