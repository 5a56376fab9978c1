package org.score4j.runner.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.score4j.runner.console.Table;
import org.score4j.runner.plugin.PluginCatalogue;
import org.score4j.runner.plugin.Service;
import org.score4j.runner.recipe.PluginDescription;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lists every plugin found. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = "Lists every plugin found: its name, service, module, and keys with defaults.")
final class PluginsCommand implements Callable<Integer> {
  @Mixin private Plugins plugins;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    var out = spec.commandLine().getOut();
    PluginCatalogue catalogue = plugins.load();
    List<PluginDescription> all = PluginDescription.all(catalogue);
    for (Service service : Service.values()) {
      List<PluginDescription> provided =
          all.stream().filter(plugin -> plugin.service() == service).toList();
      if (provided.isEmpty()) {
        continue;
      }
      out.println(heading(service));
      for (PluginDescription plugin : provided) {
        out.println("  " + plugin.name() + "   (" + plugin.origin().id() + ")");
        if (!plugin.presets().isEmpty()) {
          out.println("      presets: " + String.join(", ", plugin.presets()));
        }
        keys(plugin).forEach(line -> out.println("      " + line));
      }
      out.println();
    }
    catalogue
        .idleJars()
        .forEach(
            jar ->
                out.println(
                    jar
                        + ": declares no plugin (does its module-info say provides ... with ...?)"));
    out.flush();
    return 0;
  }

  private static String heading(Service service) {
    String many = service.many();
    return Character.toUpperCase(many.charAt(0)) + many.substring(1);
  }

  private static List<String> keys(PluginDescription plugin) {
    if (plugin.keys().isEmpty()) {
      return List.of("no keys");
    }
    var rows =
        plugin.keys().stream().map(key -> List.of(key.name(), key.type(), value(key))).toList();
    return new Table(List.of("key", "type", "default"), rows).lines();
  }

  private static String value(PluginDescription.KeyDescription key) {
    if (key.required()) {
      return "(required)";
    }
    return key.defaultValue().map(Object::toString).orElse("(none)");
  }
}
