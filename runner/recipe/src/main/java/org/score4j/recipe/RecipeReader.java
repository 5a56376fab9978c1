package org.score4j.recipe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.score4j.api.InvalidValueException;
import org.score4j.recipe.json.Json;
import org.score4j.recipe.json.JsonFile;
import org.score4j.recipe.json.JsonText;
import org.score4j.recipe.json.Place;
import org.score4j.recipe.json.Problems;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PluginCatalogue;
import tools.jackson.databind.JsonNode;

/** Reads recipes. */
public final class RecipeReader {
  private static final String STANDARDIZE = "standardize";
  private static final String PROVENANCE = "provenance";

  private final PluginCatalogue catalogue;

  /** A reader that finds the plugins a recipe names in a catalogue. */
  public RecipeReader(PluginCatalogue catalogue) {
    this.catalogue = catalogue;
  }

  /**
   * Reads a recipe. Its paths are relative to its folder; those of settings, to the working folder.
   *
   * @param file JSON in UTF-8; its key {@code $schema} is passed over; {@code provenance} makes it
   *     a manifest
   * @param settings values that replace the file's, as in {@code sampler.steps=200}
   * @throws BadInput with all problems, in the order of the file
   */
  public Recipe read(Path file, List<String> settings) {
    return read(RecipeText.of(file), settings);
  }

  /** The same for a text that need not be in a file. */
  public Recipe read(RecipeText text, List<String> settings) {
    Problems problems = new Problems();
    Json.Obj json = withSettings(text, settings, problems);
    var recipe = new Binder(catalogue, text.folder(), problems).bind(Recipe.class, json, "");
    problems.throwIfAny();
    return (Recipe) recipe.orElseThrow();
  }

  /**
   * Reads a recipe and gives what its model leaves open the values of a completion.
   *
   * @return the settings, with those of the completion, and what the user is told
   * @throws BadInput with all problems, or if the completion finds one
   */
  public Completion.Completed complete(
      RecipeText text, List<String> settings, Completion completion) {
    Json.Obj json = withSettings(text, settings, new Problems());
    Set<String> keys =
        json.get("model")
            .filter(Json.Obj.class::isInstance)
            .map(model -> ((Json.Obj) model).members().keySet())
            .orElse(Set.of());
    var given = new Completion.Given(text.source(), read(text, settings), keys);
    var completed = completion.complete(given, this, new RecipeWriter(catalogue));
    List<String> all = new ArrayList<>(settings);
    all.addAll(completed.settings());
    return new Completion.Completed(all, completed.notes());
  }

  /**
   * The keys of a file that replaces parts of a recipe, as settings.
   *
   * @param file a JSON object in UTF-8
   * @throws BadInput if it is none
   */
  public static List<String> settings(Path file) {
    JsonNode json = JsonFile.read(file);
    if (!json.isObject()) {
      throw new BadInput(file + ": must be a JSON object { ... } with keys of a recipe");
    }
    return json.properties().stream().map(key -> key.getKey() + "=" + key.getValue()).toList();
  }

  /**
   * Words faults that a plugin of a recipe found only at work, with the places of the values.
   *
   * @param text what the recipe was read from
   * @param settings what replaced the file's values
   * @param recipe what was read
   */
  public BadInput located(
      RecipeText text, List<String> settings, Recipe recipe, InvalidValueException thrown) {
    Problems problems = new Problems();
    Json.Obj json = withSettings(text, settings, new Problems());
    new LateFaults(json, problems).note(thrown, Parts.of(recipe).thrower(thrown));
    return problems.told();
  }

  /** Whether a fault that was found at work is one of the recipe's data. */
  public static boolean isOfData(Recipe recipe, InvalidValueException thrown) {
    return Parts.of(recipe)
        .thrower(thrown)
        .filter(part -> part.equals("data") || part.startsWith("data."))
        .isPresent();
  }

  /** What the user is told of keys that have been renamed; a manifest's own are passed over. */
  public static List<String> hints(RecipeText text, List<String> settings) {
    Problems problems = new Problems();
    List<String> hints = new ArrayList<>();
    Json.Obj json = tree(text, problems);
    OldKeys inText = new OldKeys(problems);
    Json.Obj moved = inText.moved(json);
    if (json.get(PROVENANCE).isEmpty()) {
      inText.hint(text.source()).ifPresent(hints::add);
    }
    OldKeys inSettings = new OldKeys(problems);
    settings(moved, settings, inSettings, problems);
    inSettings.hint("--set").ifPresent(hints::add);
    return hints;
  }

  private static Json.Obj withSettings(RecipeText text, List<String> settings, Problems problems) {
    Json.Obj all = tree(text, problems);
    OldKeys old = new OldKeys(problems);
    Json.Obj json = old.moved(all.without("$schema").without(PROVENANCE));
    if (json.get("name").isEmpty()) {
      Json.Text name = new Json.Text(json.at(), text.name());
      json = json.with("name", new Json.Member(json.at(), name));
    }
    if (all.get(PROVENANCE).isPresent() && json.get(STANDARDIZE).isEmpty()) {
      // Runs of versions without the key trained on data as they are.
      json = json.with(STANDARDIZE, new Json.Member(json.at(), new Json.Truth(json.at(), false)));
    }
    return settings(json, settings, old, problems);
  }

  private static Json.Obj settings(
      Json.Obj recipe, List<String> settings, OldKeys old, Problems problems) {
    Json.Obj json = recipe;
    for (int i = 0; i < settings.size(); i++) {
      Place at = Place.ofOption("--set " + settings.get(i), i + 1);
      try {
        Setting setting = Setting.parse(settings.get(i), at, problems).renamed(old);
        json = old.movedOver(setting.applyTo(json));
      } catch (IllegalArgumentException e) {
        problems.add(at, "", e.getMessage());
      }
    }
    return json;
  }

  private static Json.Obj tree(RecipeText text, Problems problems) {
    Json json =
        JsonText.read(
            text.json(), (line, column) -> new Place(text.source(), line, column), problems);
    if (json instanceof Json.Obj object) {
      return object;
    }
    throw new BadInput(json.at() + ": a recipe is a JSON object { ... }, found " + json.found());
  }
}
