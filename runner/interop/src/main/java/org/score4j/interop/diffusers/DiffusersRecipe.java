package org.score4j.interop.diffusers;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The recipe of a {@code UNet2DModel} and its scheduler.
 *
 * <p>The configurations do not tell of data: the recipe has {@code no-images} of the right shape,
 * enough to draw samples, and is not trained.
 */
final class DiffusersRecipe {
  private final Configuration network;
  private final Optional<Configuration> scheduler;
  private final long weightBytes;

  /**
   * A recipe yet to be made.
   *
   * @param weightBytes length of the files of weights
   */
  DiffusersRecipe(Configuration network, Optional<Configuration> scheduler, long weightBytes) {
    this.network = network;
    this.scheduler = scheduler;
    this.weightBytes = weightBytes;
  }

  /**
   * The recipe.
   *
   * @throws BadInput with all that has no counterpart here
   */
  ObjectNode json(String name) {
    ObjectNode recipe = begun(name);
    var unet = new UnetRecipe(network, weightBytes);
    unet.addTo(recipe);
    scheduler.ifPresent(each -> new SchedulerRecipe(each).addTo(recipe, unet.skips()));
    refuse(
        Stream.concat(
                network.problems().stream(),
                scheduler.stream().flatMap(each -> each.problems().stream()))
            .toList());
    return recipe;
  }

  /**
   * The recipe for comparison with one that is given, which decides on process and sampler: those
   * here are the scheduler's as far as it goes.
   *
   * @throws BadInput with all of the network that has no counterpart here, or if the scheduler's
   *     process has none
   */
  ObjectNode jsonBesideAnother(String name) {
    ObjectNode recipe = begun(name);
    var unet = new UnetRecipe(network, weightBytes);
    unet.addOfAnySize(recipe);
    refuse(network.problems());
    scheduler.ifPresent(each -> besideAnother(each, recipe, unet.skips()));
    if (!recipe.has("sde")) {
      recipe.put("sde", unet.skips() ? "ve" : "ddpm").put("sampler", "euler-maruyama");
    }
    return recipe;
  }

  private static void besideAnother(Configuration each, ObjectNode recipe, boolean explodes) {
    var process = new SchedulerRecipe(each);
    if (!process.isKnown()) {
      process.addTo(recipe, explodes);
      refuse(each.problems());
    }
    process.addTo(recipe, explodes);
    each.problems().forEach(each::note);
  }

  private static ObjectNode begun(String name) {
    return JsonMapper.shared().createObjectNode().put("name", name);
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new BadInput(problems);
    }
  }
}
