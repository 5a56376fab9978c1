package org.score4j.recipe.json;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.score4j.format.FileFault;
import org.score4j.format.text.Bytes;
import org.score4j.recipe.plugin.BadInput;

/**
 * A recipe that is yet to be read.
 *
 * @param source what messages call it
 * @param name of the recipe, if it gives none itself
 * @param folder to which its paths are relative
 * @param json the text
 */
public record RecipeText(String source, String name, Path folder, String json) {
  private static final int MOST_BYTES = 16 << 20;

  /**
   * The text of a file in UTF-8.
   *
   * @throws BadInput if it cannot be read
   */
  public static RecipeText of(Path file) {
    return new RecipeText(
        file.toString(), baseName(file), file.toAbsolutePath().getParent(), text(file));
  }

  private static String text(Path file) {
    if (Files.isDirectory(file)) {
      boolean run = Files.exists(file.resolve("manifest.json"));
      throw new BadInput(
          file
              + ": is a folder; a recipe is a file"
              + (run ? ", such as " + file.resolve("manifest.json") : ""));
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (NoSuchFileException e) {
      throw new BadInput(file + ": there is no such recipe");
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + FileFault.reason(e));
    }
    if (bytes.length > MOST_BYTES) {
      throw new BadInput(
          file + ":1:1: is longer than " + Bytes.shown(MOST_BYTES) + ", which no recipe is");
    }
    return Utf8.text(file, bytes);
  }

  /** A name that a recipe can have, made of a file's or a folder's. */
  public static String baseName(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    String clean = name.replaceAll("[^A-Za-z0-9._+-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return clean.isEmpty() ? "recipe" : clean;
  }
}
