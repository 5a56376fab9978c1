package org.score4j.runner.recipe;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.score4j.runner.plugin.BadInput;

/**
 * A recipe that is yet to be read.
 *
 * @param source what messages call it
 * @param name of the recipe, if it gives none itself
 * @param folder to which its paths are relative
 * @param json the text
 */
public record RecipeText(String source, String name, Path folder, String json) {

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
    try {
      String text = Files.readString(file);
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new BadInput(file + ": there is no such recipe");
    } catch (CharacterCodingException e) {
      throw new BadInput(file + ": is not text in UTF-8");
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + e.getMessage());
    }
  }

  /** A name that a recipe can have, made of a file's or a folder's. */
  public static String baseName(Path file) {
    String name = file.getFileName().toString().replaceFirst("\\.json$", "");
    String clean = name.replaceAll("[^A-Za-z0-9._+-]+", "-").replaceFirst("^[^A-Za-z0-9]+", "");
    return clean.isEmpty() ? "recipe" : clean;
  }
}
