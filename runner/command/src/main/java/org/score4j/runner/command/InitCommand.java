package org.score4j.runner.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.examples.DataWarnings;
import org.score4j.format.FileFault;
import org.score4j.label.ClassNotes;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.runner.init.FirstData;
import org.score4j.runner.init.FirstRecipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a recipe to start from for data of one's own. */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a starter recipe for your own data.",
      "The data are a folder of images, a NumPy file (.npy), a file in the MNIST format (idx), a zip"
          + " file of images, a TFRecord file, or CIFAR-10."
    })
final class InitCommand implements Callable<Integer> {
  @Mixin private Plugins plugins;

  @Parameters(paramLabel = "DATA", description = "The folder or file.")
  private Path data;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "Output file; must not exist. Default: NAME.json, after the data.")
  private Optional<Path> output = Optional.empty();

  @Override
  public Integer call() {
    if (!Files.exists(data)) {
      throw new BadInput(data + ": there is no such file or folder");
    }
    String name = RecipeText.baseName(data.toAbsolutePath().normalize());
    Path file = output.orElseGet(() -> Path.of(name.replaceFirst("\\..*", "") + ".json"));
    PluginCatalogue catalogue = plugins.load();
    FirstData first =
        look(catalogue, file, FirstRecipe.data(data, file.toAbsolutePath().getParent()));
    ObjectNode recipe;
    String found;
    List<String> notes;
    try (Examples examples = asked(catalogue, file, first.source()).data().open()) {
      recipe = FirstRecipe.of(first.source(), examples);
      found = found(examples);
      DataWarnings.of(Stream.of(examples), System.err::println);
      notes = ClassNotes.withoutExamples(examples);
    }
    // What is written can be run, or nothing is written.
    read(catalogue, file, recipe);
    write(file, RecipeWriter.pretty(recipe) + "\n");
    System.out.println(data + ": " + found);
    first.notes().forEach(note -> System.out.println(data + ": " + note));
    notes.forEach(note -> System.out.println(data + ": " + note));
    lines(file, recipe).forEach(System.out::println);
    return 0;
  }

  /** As in "60 images, 24 x 24 x 3, 2 classes". */
  private static String found(Examples examples) {
    boolean images = examples.shape().numDimensions() > 1;
    long count = examples.size().orElseThrow();
    return String.format(
            Locale.ROOT,
            "%,d %s%s, %s",
            count,
            images ? "image" : "example",
            count == 1 ? "" : "s",
            LongStream.of(examples.shape().asArray())
                .mapToObj(Long::toString)
                .collect(Collectors.joining(" x ")))
        + switch (examples.classes()) {
          case 0 -> "";
          case 1 -> ", 1 class";
          default -> ", " + examples.classes() + " classes";
        };
  }

  /** What the recipe does, how long that takes, and how to have less. */
  private static List<String> lines(Path file, ObjectNode recipe) {
    JsonNode training = recipe.get("training");
    return List.of(
        file
            + String.format(
                Locale.ROOT,
                ": a recipe to start from; it trains %,d steps of %,d examples",
                training.get("steps").asInt(),
                training.get("batchSize").asInt())
            + (recipe.has("reference") ? ", and holds samples against a fifth held out" : ""),
        "how long that takes here:    runner --dry-run --recipe " + file,
        "to train and draw samples:   runner --recipe " + file,
        "to try with fewer steps:     runner --recipe " + file + " --set training.steps=1000");
  }

  /** Finds the keys that the data need. */
  private static FirstData look(PluginCatalogue catalogue, Path file, ObjectNode source) {
    try {
      return FirstData.of(source, keys -> asked(catalogue, file, keys).data().open());
    } catch (InvalidValueException e) {
      throw new RecipeReader(catalogue)
          .located(text(file, whole(source)), List.of(), asked(catalogue, file, source), e);
    }
  }

  /** The smallest recipe around data, to open them with. */
  private static Recipe asked(PluginCatalogue catalogue, Path file, ObjectNode source) {
    return new RecipeReader(catalogue).read(text(file, whole(source)), List.of());
  }

  private static ObjectNode whole(ObjectNode source) {
    ObjectNode asked = JsonNodeFactory.instance.objectNode();
    asked.set("data", source);
    asked.put("sde", "vp").put("model", "mlp").put("sampler", "euler-maruyama");
    return asked;
  }

  private static Recipe read(PluginCatalogue catalogue, Path file, ObjectNode recipe) {
    return new RecipeReader(catalogue).read(text(file, recipe), List.of());
  }

  private static RecipeText text(Path file, ObjectNode json) {
    return new RecipeText(
        file.toString(),
        RecipeText.baseName(file),
        file.toAbsolutePath().getParent(),
        RecipeWriter.pretty(json));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      throw new BadInput(file + ": is there already; choose another --output, or delete it");
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be written: " + FileFault.reason(e));
    }
  }
}
