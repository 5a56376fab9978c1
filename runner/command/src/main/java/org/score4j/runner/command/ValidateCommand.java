package org.score4j.runner.command;

import jakarta.inject.Inject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.examples.DataCheck;
import org.score4j.examples.DataWarnings;
import org.score4j.folder.RunFolder;
import org.score4j.label.ClassMix;
import org.score4j.label.ClassNotes;
import org.score4j.label.SampleLabels;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.RecipeWriter;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import org.score4j.run.OpenedReference;
import org.score4j.runner.doctor.PluginCheck;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks a recipe and says what it would do. */
@Command(
    name = "validate",
    mixinStandardHelpOptions = true,
    description = {
      "Checks a recipe and prints its plan; writes nothing, and opens no data without --data.",
      "Exit status: 0 if the recipe can be run, 2 if not."
    })
final class ValidateCommand implements Callable<Integer> {
  private static final int BAD_INPUT = 2;

  private final DataCheck check;
  @Mixin private RecipeOptions options;
  @Mixin private Plugins plugins;
  @Mixin private JsonOption json;
  @Spec private CommandSpec spec;

  @Option(
      names = "--data",
      description = {
        "Reads all data once, in parallel, and lists what cannot be read.",
        "Skipped files are listed too."
      })
  private boolean data;

  @Inject
  ValidateCommand(DataCheck check) {
    this.check = check;
  }

  @Override
  public Integer call() {
    if (!json.wanted()) {
      plan().forEach(System.out::println);
      return 0;
    }
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    try {
      PluginCatalogue catalogue = load();
      Recipe recipe = read(catalogue);
      told.put("ok", true);
      told.put("output", output(recipe).toString());
      told.set("recipe", new RecipeWriter(catalogue).json(recipe));
      if (data) {
        ArrayNode warnings = told.putArray("warnings");
        told.put("examples", examples(catalogue, recipe, warnings::add));
      }
    } catch (BadInput e) {
      told.put("ok", false);
      ArrayNode problems = told.putArray("problems");
      e.lines().forEach(problems::add);
    }
    json.print(told);
    return told.get("ok").asBoolean() ? 0 : BAD_INPUT;
  }

  private PluginCatalogue load() {
    PluginCatalogue catalogue = plugins.load();
    PluginCheck.warnings(catalogue).forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getErr().flush();
    return catalogue;
  }

  private List<String> plan() {
    PluginCatalogue catalogue = load();
    Recipe recipe = read(catalogue);
    RecipeReader.hints(text(), options.settings()).forEach(spec.commandLine().getErr()::println);
    spec.commandLine().getErr().flush();
    var plan = new Plan(new RecipeWriter(catalogue).json(recipe), recipe);
    List<String> lines =
        new ArrayList<>(plan.lines(output(recipe), new RunFolder(output(recipe)).trainedTo()));
    if (data) {
      PrintWriter err = spec.commandLine().getErr();
      long examples = examples(catalogue, recipe, err::println);
      err.flush();
      lines.add(String.format(Locale.ROOT, "data: all %,d examples can be read", examples));
    }
    return lines;
  }

  /** Reads all data, and returns how many examples they have. */
  private long examples(PluginCatalogue catalogue, Recipe recipe, Consumer<String> warnings) {
    try (Examples examples = recipe.data().open();
        OpenedReference reference =
            OpenedReference.of(recipe.reference().map(Dataset::open), examples)) {
      List<Examples> all = Stream.of(examples, reference.get().examples()).distinct().toList();
      DataWarnings.of(all.stream(), warnings);
      var mix = new ClassMix(examples, reference.get().examples());
      var labels = new SampleLabels(recipe, examples, mix);
      labels.check();
      new ClassNotes(recipe, mix, labels)
          .ofTraining()
          .forEach(note -> warnings.accept("warning: " + note));
      for (Examples each : all) {
        Optional<InvalidValueException> broken = check.broken(each);
        if (broken.isPresent()) {
          throw broken.get();
        }
      }
      return all.stream().mapToLong(each -> each.size().orElse(0)).sum();
    } catch (InvalidValueException e) {
      throw new RecipeReader(catalogue).located(text(), options.settings(), recipe, e);
    }
  }

  private Recipe read(PluginCatalogue catalogue) {
    return new RecipeReader(catalogue).read(text(), options.settings());
  }

  private RecipeText text() {
    return options
        .recipe()
        .map(RecipeText::of)
        .orElseThrow(() -> new BadInput("--recipe FILE is missing: which recipe to validate?"));
  }

  private Path output(Recipe recipe) {
    return options.output().orElseGet(() -> Path.of("runs", recipe.name()));
  }
}
