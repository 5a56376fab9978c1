package org.score4j.report;

import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.score4j.Monitor;
import org.score4j.api.Examples;
import org.score4j.api.PixelRange;
import org.score4j.api.Sde;
import org.score4j.examples.ExampleValues;
import org.score4j.examples.Units;
import org.score4j.folder.NewOutput;
import org.score4j.folder.RunFolder;
import org.score4j.format.FileFault;
import org.score4j.label.ClassColumns;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.report.image.Animation;
import org.score4j.report.image.GifFile;
import org.score4j.report.image.ImageGrid;
import org.score4j.report.plane.Arrows;
import org.score4j.report.plane.Timeline;
import org.score4j.report.plane.View;
import org.score4j.report.plane.Window;
import org.score4j.sampling.Generator;
import org.score4j.sampling.ShownRange;
import org.tensorflow.ndarray.Shape;

/** Shows the forward and the reverse process of a run as an animation. */
public final class Animator {
  private static final int PARTICLES = 200;
  private static final int IMAGES = 20;
  private static final int ARROWS = 18;
  private static final int EXAMPLES = 500;

  private final Recipe recipe;
  private final Examples examples;
  private final RunFolder folder;
  private final Generator generator;
  private final Tracer tracer;
  private final SampleLabels labels;
  private final Monitor monitor;

  @Inject
  Animator(
      Recipe recipe,
      Examples examples,
      RunFolder folder,
      Generator generator,
      Tracer tracer,
      SampleLabels labels,
      Monitor monitor) {
    this.recipe = recipe;
    this.examples = examples;
    this.folder = folder;
    this.generator = generator;
    this.tracer = tracer;
    this.labels = labels;
    this.monitor = monitor;
  }

  /**
   * What was made.
   *
   * @param frames pictures in all
   * @param count of particles or images
   * @param seed which samples
   * @param step the training step of the parameters; 0 if the model has none
   * @param evaluations network evaluations for each sample; 0 if none was drawn
   */
  public record Animated(int frames, int count, long seed, long step, long evaluations) {}

  /**
   * Writes the animation.
   *
   * @throws BadInput if the data are neither points of the plane nor images, the run has not been
   *     trained, or the output cannot be written
   * @throws CancellationException if interrupted; nothing is written then
   */
  public Animated animate(AnimationRequest request, NewOutput output) {
    output.checkFile();
    if (recipe.model().isEmpty()) {
      throw new BadInput(
          folder.path()
              + ": this run trained a classifier, which guides sampling but draws no samples");
    }
    try {
      Optional<PlaneData> plane = PlaneData.of(recipe, examples, generator::draw);
      return plane.isPresent()
          ? animatePlane(plane.get(), request, output)
          : animateImages(request, output);
    } catch (CancellationException e) {
      monitor.note("interrupted; nothing was written");
      throw e;
    }
  }

  private Animated animatePlane(PlaneData data, AnimationRequest request, NewOutput output) {
    if (request.denoised()) {
      throw new BadInput(
          "--denoised is for images, and the data of " + folder.path() + " are points");
    }
    Sde sde = recipe.sde();
    View view = data.view().steady(sde);
    int points = (request.frames() - 1) * PlaneAnimation.POINTS_PER_FRAME + 1;
    List<PlaneAnimation.Part> parts = new ArrayList<>();
    try (var field = new LearnedField(generator.scores(), sde)) {
      for (Way way : ways(data.timeline(), request, request.count().orElse(PARTICLES), points)) {
        List<Arrows> arrows = new ArrayList<>();
        for (int frame = 0; frame < request.frames(); frame++) {
          double t = way.ways().times()[frame * PlaneAnimation.POINTS_PER_FRAME];
          Window window = view.at(sde.level(t));
          arrows.add(field.arrows(window, ARROWS, t));
        }
        parts.add(new PlaneAnimation.Part(way.name(), way.ways(), arrows));
      }
    }
    var animation = new PlaneAnimation(request, sde, data.density(), view, parts);
    write(animation, request, output);
    return told(request, parts.stream().map(PlaneAnimation.Part::ways).toList());
  }

  private Animated animateImages(AnimationRequest request, NewOutput output) {
    ImageGrid grid = grid();
    PixelRange range = grid.range();
    int count = request.count().orElse(IMAGES);
    double deviation = deviation(range);
    var timeline = new Timeline(recipe.sde(), deviation);
    List<ImageAnimation.Part> parts = new ArrayList<>();
    for (Way way : ways(timeline, request, count, request.frames())) {
      List<float[]> denoised = request.denoised() ? denoised(way, seed(request)) : List.of();
      parts.add(new ImageAnimation.Part(way.name(), way.ways(), denoised));
    }
    var animation =
        new ImageAnimation(
            request,
            recipe.sde(),
            grid,
            columns(request, count),
            deviation,
            Units.of(examples),
            parts);
    write(animation, request, output);
    return told(request, parts.stream().map(ImageAnimation.Part::ways).toList());
  }

  private ImageGrid grid() {
    Shape shape = examples.shape();
    if (shape.numDimensions() != 3 || shape.get(2) != 1 && shape.get(2) != 3) {
      throw new BadInput(
          folder.path()
              + ": has data of shape "
              + shape
              + "; animated are points of the plane, [2], and grey or coloured images, [H, W, 1]"
              + " or [H, W, 3]");
    }
    return new ImageGrid(
        (int) shape.get(0), (int) shape.get(1), (int) shape.get(2), ShownRange.of(examples));
  }

  /** Of pixels from the middle of their range; half of the range where there are no data. */
  private double deviation(PixelRange range) {
    if (examples.standardization().isPresent()) {
      return 1;
    }
    double middle = (range.low() + range.high()) / 2;
    int count = (int) Math.min(EXAMPLES, examples.size().orElse(EXAMPLES));
    double sum = 0;
    float[] values = values(count);
    for (float value : values) {
      sum += Math.pow(value - middle, 2);
    }
    return sum > 0 ? Math.sqrt(sum / values.length) : (range.high() - range.low()) / 2;
  }

  private float[] values(int count) {
    try {
      return ExampleValues.of(examples, 0, count);
    } catch (BadInput missing) {
      return new float[0];
    }
  }

  /** Classes beside each other if samples are of few in turn, else nearly a square. */
  private int columns(AnimationRequest request, int count) {
    int[] classes = labels.recorded(seed(request), count);
    return ClassColumns.of(classes).stream()
        .filter(columns -> count % columns == 0)
        .findFirst()
        .orElse((int) Math.ceil(Math.sqrt(count)));
  }

  private long seed(AnimationRequest request) {
    return request.seed().orElse(recipe.seed());
  }

  /** One direction's ways by name. */
  private record Way(String name, boolean samples, Tracer.Ways ways) {}

  private List<Way> ways(Timeline timeline, AnimationRequest request, int wanted, int points) {
    boolean anyData = request.direction() != Direction.REVERSE;
    int count = anyData ? (int) Math.min(wanted, examples.size().orElse(wanted)) : wanted;
    boolean between = examples.shape().numDimensions() == 1;
    long seed = seed(request);
    List<Way> ways = new ArrayList<>();
    if (anyData) {
      requireData();
      ways.add(new Way("data to noise", false, tracer.forward(timeline, count, seed, points)));
    }
    if (request.direction() != Direction.FORWARD) {
      try (Monitor.Stage stage = monitor.begin("sample", "step", 0)) {
        Tracer.Ways reverse =
            tracer.reverse(timeline, count, seed, points, between, stage).orElseThrow(this::unseen);
        ways.add(new Way("noise to data", true, reverse));
      }
    }
    return ways;
  }

  private BadInput unseen() {
    return new BadInput(
        folder.path()
            + ": its sampler never evaluates the score at its state, so that its samples cannot be"
            + " followed; give another with --set sampler=heun");
  }

  private void requireData() {
    if (examples.size().orElse(1) == 0) {
      throw new BadInput(
          folder.path()
              + ": has no data to add noise to; ask for --direction reverse, or name data with"
              + " --set data=...");
    }
  }

  private List<float[]> denoised(Way way, long seed) {
    float[][] states = way.ways().states();
    int size = Math.toIntExact(examples.shape().size());
    int[] classes = classes(way, seed, states[0].length / size);
    List<float[]> denoised = new ArrayList<>();
    int batch = recipe.sampling().batchSize();
    try (var field = new LearnedField(generator.scores(), recipe.sde());
        Monitor.Stage stage = monitor.begin("denoise", "frame", 0)) {
      for (int frame = 0; frame < states.length; frame++) {
        float[] clean = new float[states[frame].length];
        for (int first = 0; first < classes.length; first += batch) {
          int end = Math.min(classes.length, first + batch);
          float[] part =
              field.denoised(
                  Arrays.copyOfRange(states[frame], first * size, end * size),
                  Arrays.copyOfRange(classes, first, end),
                  way.ways().times()[frame]);
          System.arraycopy(part, 0, clean, first * size, part.length);
        }
        denoised.add(clean);
        stage.step(frame + 1, states.length);
      }
    }
    return denoised;
  }

  /** The class of each sample or example; -1 if it has none. */
  private int[] classes(Way way, long seed, int count) {
    int[] classes = new int[count];
    Arrays.fill(classes, -1);
    if (way.samples()) {
      int[] recorded = labels.recorded(seed, count);
      System.arraycopy(recorded, 0, classes, 0, recorded.length);
    } else if (examples.classes() > 0) {
      Arrays.setAll(classes, examples::label);
    }
    return classes;
  }

  private void write(Animation animation, AnimationRequest request, NewOutput output) {
    try (Monitor.Stage stage = monitor.begin("draw", "picture", 0)) {
      GifFile.write(animation, request.colors(), output.path(), stage);
    } catch (IOException e) {
      throw unwritten(output, e);
    } catch (UncheckedIOException e) {
      throw unwritten(output, e.getCause());
    }
  }

  private static BadInput unwritten(NewOutput output, IOException e) {
    return new BadInput(output.path() + ": cannot be written: " + FileFault.reason(e));
  }

  private Animated told(AnimationRequest request, List<Tracer.Ways> ways) {
    int size = Math.toIntExact(examples.shape().size());
    return new Animated(
        ways.size() * request.frames(),
        ways.get(ways.size() - 1).states()[0].length / size,
        seed(request),
        generator.step(),
        ways.get(ways.size() - 1).evaluations());
  }
}
