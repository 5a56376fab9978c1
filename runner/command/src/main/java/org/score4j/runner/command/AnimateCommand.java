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
      "Animates sampling, or the forward process, as a GIF.",
      "Data in the plane appear as particles with trails over the density and the score field,"
          + " images as a grid. The samples are those that the sample command draws."
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
      description = "Output file (GIF); must not exist, unless with --force.")
  private Path output;

  @Option(names = "--force", description = "Replaces an existing output.")
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
      description = "Number of particles or images. Default: 200 particles, 20 images.")
  private Optional<Integer> count = Optional.empty();

  @Option(
      names = "--frames",
      paramLabel = "N",
      defaultValue = "60",
      description = "Frames in each direction. Default: ${DEFAULT-VALUE}.")
  private int frames;

  @Option(
      names = "--fps",
      paramLabel = "N",
      defaultValue = "20",
      description = "Frames per second, at most 50. Default: ${DEFAULT-VALUE}.")
  private int fps;

  @Option(
      names = "--width",
      paramLabel = "PIXELS",
      defaultValue = "600",
      description = "Maximum width of a frame, in pixels. Default: ${DEFAULT-VALUE}.")
  private int width;

  @Option(
      names = "--colors",
      paramLabel = "N",
      defaultValue = "255",
      description =
          "Maximum number of colors; fewer make a smaller file. Default: ${DEFAULT-VALUE}.")
  private int colors;

  @Option(
      names = "--denoised",
      description = "Shows the denoised estimates beside the noisy images.")
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
