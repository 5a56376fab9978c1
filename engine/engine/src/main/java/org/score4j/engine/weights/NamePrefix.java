package org.score4j.engine.weights;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What stands before a network's names in a dictionary of tensors, as {@code module.} of
 * DataParallel or {@code model.} of a Lightning module.
 *
 * @param text the prefix, possibly empty
 * @param dotless whether the names have lost their dots, as in averages of latent diffusion's
 *     trainer, {@code model_ema.diffusion_modelin0weight}
 * @param found how many of the network's names there are behind it
 */
record NamePrefix(String text, boolean dotless, int found) {
  private static final int PROBES = 20;
  private static final int MOST = 1000;

  /** Every prefix behind which there is one of the wanted names. */
  static List<NamePrefix> in(Set<String> names, Set<String> wanted) {
    List<NamePrefix> prefixes = new ArrayList<>(in(names, wanted, false));
    if (prefixes.stream().allMatch(prefix -> prefix.found() < wanted.size())
        || names.stream().anyMatch(name -> name.startsWith("model_ema."))) {
      prefixes.addAll(in(names, wanted, true));
    }
    return prefixes;
  }

  private static List<NamePrefix> in(Set<String> names, Set<String> wanted, boolean dotless) {
    Set<String> texts = new LinkedHashSet<>();
    wanted.stream()
        .limit(PROBES)
        .map(name -> dotless ? name.replace(".", "") : name)
        .forEach(
            tail -> {
              for (String name : names) {
                if (name.endsWith(tail) && texts.size() < MOST) {
                  String text = name.substring(0, name.length() - tail.length());
                  if (dotless ? !text.isEmpty() : text.isEmpty() || text.endsWith(".")) {
                    texts.add(text);
                  }
                }
              }
            });
    return texts.stream()
        .map(
            text -> {
              var prefix = new NamePrefix(text, dotless, 0);
              long found =
                  wanted.stream().filter(name -> names.contains(prefix.before(name))).count();
              return new NamePrefix(text, dotless, (int) found);
            })
        .toList();
  }

  /** The name that a tensor of the network has in the dictionary. */
  String before(String name) {
    return text + (dotless ? name.replace(".", "") : name);
  }
}
