package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.runner.recipe.RecipeReader;
import org.score4j.runner.run.AnimationRequest;
import org.score4j.runner.run.Animator;
import org.score4j.runner.run.Direction;
import org.score4j.runner.run.NewOutput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Shows a trained run's processes as a GIF. */
@Command(
    name = "animate",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how noise becomes samples, or data noise, as a GIF.",
      "It has particles with tails over density and score field of points of the plane, or a grid of"
          + " images. The samples are those of sample."
    })
final class AnimateCommand implements Callable<Integer> {
  private final RunOpener opener;
  @Mixin private Plugins plugins;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Option(names = "--run", paramLabel = "DIR", required = true, description = "The run folder.")
  private Path run;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      required = true,
      description = "The GIF to write; must not be there.")
  private Path output;

  @Option(names = "--force", description = "Replaces the output if it is there.")
  private boolean force;

  @Option(
      names = "--direction",
      paramLabel = "WHICH",
      defaultValue = "reverse",
      description =
          "reverse (noise to samples), forward (data to noise) or both, one after the other."
              + " Default: ${DEFAULT-VALUE}.")
  private Direction direction;

  @Option(
      names = "--count",
      paramLabel = "N",
      description = "How many particles or images. Default: 200 particles, 20 images.")
  private Optional<Integer> count = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Which samples. Default: seed of the recipe.")
  private Optional<Long> seed = Optional.empty();

  @Option(
      names = "--frames",
      paramLabel = "N",
      defaultValue = "60",
      description = "Pictures of each direction. Default: ${DEFAULT-VALUE}.")
  private int frames;

  @Option(
      names = "--fps",
      paramLabel = "N",
      defaultValue = "20",
      description = "Pictures a second, 50 at most. Default: ${DEFAULT-VALUE}.")
  private int fps;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      defaultValue = "600",
      description = "Of a picture, at most. Default: ${DEFAULT-VALUE}.")
  private int width;

  @Option(
      names = "--colors",
      paramLabel = "N",
      defaultValue = "255",
      description = "At most; fewer make a smaller file. Default: ${DEFAULT-VALUE}.")
  private int colors;

  @Option(
      names = "--denoised",
      description = "Shows what the model takes the clean images to be beside the noised ones.")
  private boolean denoised;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Replaces a value of the recipe, as in --set sampler=heun.",
        "May be given several times."
      })
  private List<String> settings = new ArrayList<>();

  @Option(
      names = "--with",
      paramLabel = "FILE",
      description = {
        "JSON whose keys replace those of the recipe, as examples/inpainting.json.",
        "Its paths are relative to the working folder."
      })
  private Optional<Path> with = Optional.empty();

  @Inject
  AnimateCommand(RunOpener opener) {
    this.opener = opener;
  }

  @Override
  public Integer call() {
    var request =
        FlowOptions.told(
            () ->
                new AnimationRequest(direction, count, seed, frames, fps, width, colors, denoised));
    List<String> all = new ArrayList<>();
    with.ifPresent(file -> all.addAll(RecipeReader.settings(file)));
    all.addAll(settings);
    Animator.Animated animated =
        opener.read(
            run,
            all,
            plugins,
            Animator.class,
            animator -> animator.animate(request, new NewOutput(output, force)));
    if (json.wanted()) {
      json.print(spec, json(animated));
    } else {
      System.out.println(animated.frames() + " frames: " + output);
    }
    return 0;
  }

  private ObjectNode json(Animator.Animated animated) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    told.put("frames", animated.frames());
    told.put("count", animated.count());
    told.put("seed", animated.seed());
    told.put("step", animated.step());
    told.put("evaluations", animated.evaluations());
    told.put("animation", output.toString());
    return told;
  }
}
