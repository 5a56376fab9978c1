package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.score4j.folder.NewOutput;
import org.score4j.report.AnimationRequest;
import org.score4j.report.Animator;
import org.score4j.report.Direction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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
  private final Runs runs;
  @Mixin private Plugins plugins;
  @Mixin private TrainedRunOptions trained;
  @Mixin private JsonOption json;

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

  @Inject
  AnimateCommand(Runs runs) {
    this.runs = runs;
  }

  @Override
  public Integer call() {
    var request =
        FlowOptions.told(
            () ->
                new AnimationRequest(
                    direction, count, trained.seed(), frames, fps, width, colors, denoised));
    Animator.Animated animated =
        runs.read(
            trained.run(),
            trained.settings(),
            plugins,
            Animator.class,
            animator -> animator.animate(request, new NewOutput(output, force)));
    if (json.wanted()) {
      json.print(json(animated));
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
