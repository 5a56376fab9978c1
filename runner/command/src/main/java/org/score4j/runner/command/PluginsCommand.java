package org.score4j.runner.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.score4j.recipe.json.Nearest;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.recipe.plugin.Service;
import org.score4j.recipe.schema.KeyDescription;
import org.score4j.recipe.schema.PluginDescription;
import org.score4j.runner.console.Fold;
import org.score4j.runner.console.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Lists the plugins found, or tells all about one. */
@Command(
    name = "plugins",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the plugins found, with their keys and defaults.",
      "With a name it shows the plugins of that name in full: equation, paper, keys, presets.",
      "Exit status: 0, or 2 if a plugin jar cannot be used; the others are still listed."
    })
final class PluginsCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  @Mixin private Plugins plugins;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "NAME",
      description = "The name in a recipe, such as ncsn++.")
  private Optional<String> name = Optional.empty();

  @Option(
      names = "--service",
      paramLabel = "SERVICE",
      description = "Lists only the plugins of a service, such as sampler or time-grid.")
  private Optional<String> wanted = Optional.empty();

  @Override
  public Integer call() {
    Fold fold = Terminal.ofStandardError().fold();
    PluginCatalogue catalogue = plugins.survey();
    Optional<Service> service = wanted.map(PluginsCommand::service);
    List<PluginDescription> chosen =
        PluginDescription.all(catalogue).stream()
            .filter(plugin -> service.isEmpty() || service.get() == plugin.service())
            .filter(plugin -> name.isEmpty() || name.get().equals(plugin.name()))
            .toList();
    if (chosen.isEmpty() && name.isPresent()) {
      throw unknown(name.get(), service, catalogue);
    }
    if (json.wanted()) {
      json.print(json(chosen));
    } else if (name.isPresent()) {
      for (int i = 0; i < chosen.size(); i++) {
        System.out.print(i == 0 ? "" : System.lineSeparator());
        PluginPage.lines(catalogue, chosen.get(i), fold).forEach(System.out::println);
      }
    } else {
      PluginList.lines(chosen, fold).forEach(System.out::println);
      catalogue
          .idleJars()
          .forEach(
              jar ->
                  System.out.println(
                      jar
                          + ": declares no plugin (does its module-info say provides ... with"
                          + " ...?)"));
    }
    catalogue.problems().forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getErr().flush();
    return catalogue.problems().isEmpty() ? 0 : BAD_INPUT;
  }

  private static BadInput unknown(
      String name, Optional<Service> service, PluginCatalogue catalogue) {
    String what = service.map(Service::label).orElse("plugin");
    List<String> names =
        Stream.of(Service.values())
            .filter(each -> service.isEmpty() || service.get() == each)
            .flatMap(each -> catalogue.names(each).stream())
            .distinct()
            .toList();
    String list = service.map(each -> " --service " + id(each)).orElse("");
    String meant = Nearest.meant(name, names);
    String unknown =
        "no "
            + what
            + " is called \""
            + name
            + "\""
            + (meant.isEmpty() ? "; runner plugins" + list + " lists all there are" : meant);
    return new BadInput(Stream.concat(Stream.of(unknown), catalogue.problems().stream()).toList());
  }

  private static Service service(String name) {
    List<String> ids = Stream.of(Service.values()).map(PluginsCommand::id).toList();
    String meant = Nearest.meant(name, ids);
    return Stream.of(Service.values())
        .filter(service -> id(service).equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInput(
                    "--service "
                        + name
                        + ": there is no such service"
                        + (meant.isEmpty() ? ". Known: " + String.join(", ", ids) : meant)));
  }

  private static String id(Service service) {
    return service.label().replace(' ', '-');
  }

  private static JsonNode json(List<PluginDescription> chosen) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    for (PluginDescription plugin : chosen) {
      ObjectNode one = list.addObject();
      one.put("service", id(plugin.service()));
      one.put("name", plugin.name());
      one.put("module", plugin.origin().id());
      one.put("description", plugin.description().text());
      plugin.presets().keySet().forEach(one.putArray("presets")::add);
      ArrayNode keys = one.putArray("keys");
      for (KeyDescription key : plugin.keys()) {
        ObjectNode told = keys.addObject();
        told.put("name", key.name());
        told.put("type", key.type());
        told.put("description", key.description());
        told.put("required", key.required());
        key.defaultValue().ifPresent(value -> told.set("default", value));
      }
    }
    return list;
  }
}
