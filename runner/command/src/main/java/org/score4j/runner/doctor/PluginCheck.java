package org.score4j.runner.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.score4j.recipe.plugin.PluginCatalogue;

/** Loads the plugins, and tells of each jar how many it provides or what is wrong with it. */
public final class PluginCheck {
  private static final String NONE_DECLARED =
      "if it should, its module-info needs: provides SERVICE with PLUGIN; a jar without module-info"
          + " is to be compiled with score4j-describe";

  private PluginCheck() {}

  /** What is to be warned of before a recipe is read: one line for each jar of no use. */
  public static List<String> warnings(PluginCatalogue catalogue) {
    return catalogue.idleJars().stream()
        .map(jar -> "warning: " + jar + " declares no plugin; " + NONE_DECLARED)
        .toList();
  }

  /** One finding for each module with plugins, and for each jar that is of no use. */
  public static List<Finding> examine(PluginCatalogue catalogue) {
    var counts = new TreeMap<String, Integer>();
    catalogue.entries().forEach(entry -> counts.merge(entry.origin().id(), 1, Integer::sum));
    List<Finding> findings = new ArrayList<>();
    counts.forEach(
        (module, count) ->
            findings.add(
                Finding.well(
                    "plugins", count + (count == 1 ? " plugin of " : " plugins of ") + module)));
    for (Path jar : catalogue.idleJars()) {
      findings.add(Finding.note("plugins", jar + " declares no plugin", NONE_DECLARED));
    }
    for (String problem : catalogue.problems()) {
      findings.add(
          Finding.problem(
              "plugins", problem, "mend, replace or remove it; no recipe is read before"));
    }
    if (counts.isEmpty()) {
      findings.add(
          Finding.problem(
              "plugins",
              "none found",
              "put plugin jars into plugins/ or on the class path, or give --plugins DIR"));
    }
    return findings;
  }
}
