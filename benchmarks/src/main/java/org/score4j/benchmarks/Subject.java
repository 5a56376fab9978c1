package org.score4j.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32;
import org.score4j.api.Examples;
import org.score4j.api.ReferenceWeight;
import org.score4j.api.ReferenceWeight.Layout;
import org.score4j.api.ReferenceWeights;
import org.score4j.engine.graph.CheckpointEntry;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeWriter;
import org.tensorflow.ndarray.Shape;
import tools.jackson.databind.node.ObjectNode;

/**
 * A network that both sides have, made from one recipe, with what they are given.
 *
 * @param file the recipe
 * @param recipe what is in it
 * @param example shape of an example: [H, W, C] or [D]
 * @param classes number of classes of the data; 0 if none
 */
record Subject(Path file, Recipe recipe, Shape example, int classes) {

  static Subject of(Path file, String... settings) {
    Recipe recipe = Recipes.read(file, settings);
    try (Examples examples = recipe.data().open()) {
      return new Subject(file, recipe, examples.shape(), examples.classes());
    }
  }

  /** The same network without what is random in training. */
  static Subject withoutDropout(Path file) {
    Subject subject = of(file);
    return subject.images() ? of(file, "model.dropout=0") : subject;
  }

  String name() {
    return recipe.name();
  }

  boolean images() {
    return example.numDimensions() == 3;
  }

  /** The network as a program that knows no plugins is told of it. */
  String description() {
    ObjectNode model = (ObjectNode) Recipes.spelledOut(recipe).get("model");
    ObjectNode all = model.objectNode();
    all.set("model", model);
    var shape = all.putArray("shape");
    for (long size : example.asArray()) {
      shape.add(size);
    }
    return RecipeWriter.pretty(all);
  }

  /** A folder for files made of this network by a script; another network, another folder. */
  Path folder(Path parent, Path script) {
    try {
      var hash = new CRC32();
      hash.update(description().getBytes(StandardCharsets.UTF_8));
      hash.update(Files.readAllBytes(script));
      return Files.createDirectories(
          parent.resolve(String.format(Locale.ROOT, "%s-%08x", name(), hash.getValue())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The other side's names for the parameters. */
  List<ReferenceWeight> references(Map<String, Shape> parameters) {
    if (recipe.scoreModel() instanceof ReferenceWeights known) {
      return known.referenceWeights((int) example.get(0));
    }
    return parameters.keySet().stream()
        .map(
            path -> {
              String name = path.replace('/', '.');
              return name.endsWith(".kernel")
                  ? new ReferenceWeight(name.replace(".kernel", ".weight"), path, Layout.OIHW)
                  : new ReferenceWeight(name, path, Layout.SAME);
            })
        .toList();
  }

  /**
   * Values under which every layer does something: nothing is zero as it is when training starts.
   */
  static float[] weights(CheckpointEntry entry) {
    float[] values = new float[(int) entry.shape().size()];
    if (!entry.name().startsWith("model/")) {
      return values;
    }
    var random = new Random(entry.name().hashCode());
    int dimensions = entry.shape().numDimensions();
    double fanIn = dimensions < 2 ? 100 : (double) values.length / entry.shape().get(-1);
    double centre = entry.name().endsWith("gamma") ? 1 : 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (centre + random.nextGaussian() / Math.sqrt(fanIn));
    }
    return values;
  }
}
