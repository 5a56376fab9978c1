package org.score4j.runner.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.recipe.json.Nearest;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.schema.KeyDescription;
import org.score4j.runner.console.Fold;
import org.score4j.runner.console.Terminal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Tells what a recipe may hold besides plugins' own keys. */
@Command(
    name = "keys",
    mixinStandardHelpOptions = true,
    description = {
      "Lists the keys of a recipe, with their defaults.",
      "With a path it shows only that key, such as training or training.heldOut. For a plugin's own"
          + " keys: runner plugins NAME."
    })
final class KeysCommand implements Callable<Integer> {
  @Mixin private Plugins plugins;

  @Parameters(arity = "0..1", paramLabel = "PATH", description = "A key, such as training.steps.")
  private Optional<String> path = Optional.empty();

  @Override
  public Integer call() {
    Fold fold = Terminal.ofStandardError().fold();
    List<KeyDescription> keys = KeyDescription.ofRecipe(plugins.survey());
    path.map(each -> List.of(find(keys, each)))
        .orElse(keys)
        .forEach(key -> KeyLines.of(key, fold, 0).forEach(System.out::println));
    return 0;
  }

  private static KeyDescription find(List<KeyDescription> keys, String path) {
    List<KeyDescription> among = keys;
    Optional<KeyDescription> found = Optional.empty();
    for (String name : path.split("\\.")) {
      found = among.stream().filter(key -> key.name().equals(name)).findFirst();
      if (found.isEmpty()) {
        List<String> names = among.stream().map(KeyDescription::name).toList();
        throw new BadInput(path + ": there is no key " + name + Nearest.meant(name, names));
      }
      among = found.get().inside();
    }
    return found.orElseThrow(() -> new BadInput("the path of a key is made of names and dots"));
  }
}
