package org.score4j.folder;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.score4j.api.Dataset;
import org.score4j.api.Examples;
import org.score4j.api.InvalidValueException;
import org.score4j.recipe.Recipe;
import org.score4j.recipe.RecipeReader;
import org.score4j.recipe.json.RecipeText;
import org.score4j.recipe.plugin.BadInput;
import org.score4j.recipe.plugin.PathKeys;
import org.score4j.recipe.plugin.PluginCatalogue;

/**
 * Opens the data of a recipe. Those of a run that was started before are described by its manifest
 * and opened only if something reads them.
 */
public final class DataOpener {
  private static final String DATA = "data";
  private static final String REFERENCE = "reference";

  private final RecipeText text;
  private final List<String> settings;
  private final PluginCatalogue catalogue;
  private final Recipe recipe;
  private final RunFolder folder;
  private final Optional<StoredManifest> stored;

  /** Opens nothing yet; the parameters are those by which the recipe was read. */
  public DataOpener(
      RecipeText text,
      List<String> settings,
      PluginCatalogue catalogue,
      Recipe recipe,
      RunFolder folder,
      Optional<StoredManifest> stored) {
    this.text = text;
    this.settings = List.copyOf(settings);
    this.catalogue = catalogue;
    this.recipe = recipe;
    this.folder = folder;
    this.stored = stored;
  }

  /** The data. */
  public Examples examples() {
    return opened(DATA, recipe.data(), stored.flatMap(StoredManifest::data));
  }

  /** What samples are compared with, if that is not the data. */
  public Optional<Examples> reference() {
    return recipe
        .reference()
        .map(data -> opened(REFERENCE, data, stored.flatMap(StoredManifest::reference)));
  }

  /** Data that are named anew are not those of the manifest. */
  private Examples opened(String key, Dataset data, Optional<DataDescription> description) {
    boolean named =
        settings.stream().anyMatch(setting -> setting.matches(key + "\\s*[.=\\[].*(?s:.*)"));
    return description
        .filter(unused -> !named)
        .<Examples>map(described -> new RunData(own(described), () -> open(key, data)))
        .orElseGet(() -> open(key, data));
  }

  /** A standardization that stands in the recipe is not the data's own. */
  private DataDescription own(DataDescription described) {
    return recipe.standardization().isPresent() ? described.notStandardized() : described;
  }

  private Examples open(String key, Dataset data) {
    try {
      return data.open();
    } catch (InvalidValueException e) {
      List<String> lines = new ArrayList<>(located(e).lines());
      List<String> paths = PathKeys.of(data, key);
      if (!paths.isEmpty() && Files.exists(folder.manifest())) {
        lines.add(
            "if the data of the run have moved, name their new place: --set "
                + paths.get(0)
                + "=PATH");
      }
      throw new BadInput(lines);
    }
  }

  /** A fault that a plugin found at work, with its place in the recipe. */
  public BadInput located(InvalidValueException thrown) {
    return new RecipeReader(catalogue).located(text, settings, recipe, thrown);
  }

  /**
   * The run's folder, of whose checkpoints none but those of this run are used.
   *
   * @param used the recipe as it trains
   */
  public RunFolder checked(Recipe used, Examples examples) {
    if (stored.isPresent()) {
      StoredManifest manifest = stored.get();
      return folder.of(
          new CheckpointOrigin(
              RecipeLeaves.ofWritten(manifest.json(), catalogue),
              manifest.fingerprints(),
              true,
              catalogue));
    }
    Set<String> fingerprints = new HashSet<>(Set.of(examples.fingerprint()));
    Optional<StoredManifest> before = whole(folder.manifest());
    before.ifPresent(manifest -> fingerprints.addAll(manifest.fingerprints()));
    Map<String, String> leaves = RecipeLeaves.of(used, catalogue);
    return folder.of(new CheckpointOrigin(leaves, fingerprints, before.isPresent(), catalogue));
  }

  private static Optional<StoredManifest> whole(Path manifest) {
    try {
      return StoredManifest.in(manifest);
    } catch (BadInput e) {
      return Optional.empty();
    }
  }
}
