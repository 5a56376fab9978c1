package org.score4j.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.score4j.recipe.json.JsonFile;
import org.score4j.recipe.plugin.BadInput;
import tools.jackson.databind.JsonNode;

/** Text that is no recipe, as accidents and attacks make it, is told with its place. */
class HostileJsonTest {
  private static final String GOOD =
      """
      {
        "data": {"type": "idx", "images": "x"}, "sde": "ve", "model": "mlp",
        "training": {"steps": 20}, "sampler": "fussy"
      }
      """;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void open() {
    file = folder.resolve("r.json");
  }

  private String told(byte[] bytes, String... settings) throws IOException {
    Files.write(file, bytes);
    var reader = new RecipeReader(Samples.catalogue());
    BadInput told = assertThrows(BadInput.class, () -> reader.read(file, List.of(settings)));
    return told.getMessage().replace(file.toString(), "r.json");
  }

  private String told(String json, String... settings) throws IOException {
    return told(json.getBytes(StandardCharsets.UTF_8), settings);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e99999999999", "1e-2147483648", "0e99999999999", "1e400", "-1E+999999999"})
  void exponentsBeyondAllTypesAreBadInput(String number) throws IOException {
    assertEquals(
        "r.json:3:25 training.steps: must be a whole number, found " + number,
        told(GOOD.replace("20", number)));
    assertEquals(
        "--set training.steps=" + number + ": must be a whole number, found " + number,
        told(GOOD, "training.steps=" + number));
  }

  @Test
  void aNumberThatADoubleWouldMakeZeroIsRefused() throws IOException {
    assertTrue(
        told(GOOD, "training.averaging.decays=1e-400")
            .contains("is too close to 0 for a double, found 1e-400"));
    assertTrue(
        told(GOOD, "training.averaging.decays=1e400").contains("is beyond the range of a double"));
  }

  @Test
  void theLimitsOfTheParserAreTold() throws IOException {
    String digits = "1".repeat(1001);
    assertTrue(
        told(GOOD.replace("20", digits)).matches("r.json:3:\\d+: a number of more than 1000 .*"));
    assertEquals(
        "r.json:3:525: brackets are nested more than 500 deep",
        told(GOOD.replace("20", "[".repeat(600) + "]".repeat(600)))
            .replaceAll(":5\\d\\d:", ":525:"));
    assertTrue(
        told(GOOD.replace("steps\": 20", "k".repeat(60_000) + "\": 20"))
            .matches("r.json:3:\\d+: a key of more than 50000 characters"));
    assertEquals(
        "r.json:1:1: is longer than 16 MiB, which no recipe is",
        told(GOOD.replace("20", "\"" + "k".repeat(17 << 20) + "\"")));
    String set = told(GOOD, "training.steps=" + digits);
    assertTrue(set.endsWith("...: a number of more than 1000 characters"), set);
    assertTrue(set.length() < 300, set);
  }

  @Test
  void aLongKeyIsNotRepeatedInFull() throws IOException {
    String told =
        told(GOOD.replace("\"seed", "").replace("\"sde\"", "\"" + "k".repeat(9000) + "\""));
    assertTrue(told.lines().allMatch(line -> line.length() < 1000), told);
  }

  @Test
  void controlCharactersOfNamesAreShown() throws IOException {
    String told =
        told(GOOD.replace("\"ve\"", "\"\\u001b[31mv\\u009be\\n\"").replace("\"seed", "\"a\\u0007"));
    assertTrue(told.contains("\"\\u001b[31mv\\u009be\\n\""), told);
    assertTrue(told.chars().noneMatch(c -> c != '\n' && Character.isISOControl(c)), told);
    String key = told(GOOD.replace("\"sde\"", "\"s\\u001b\\nde\\r\": 1, \"sde\""));
    assertTrue(key.contains(" s\\u001b\\nde\\r: unknown key"), key);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UTF-16LE | r.json:1:2: \\u0000 is not allowed here in JSON; is the file UTF-16?"
            + " Save it as UTF-8",
        "UTF-16 | r.json:1:1: is text in UTF-16; save the file as UTF-8",
        "ISO-8859-1 | r.json:2:2: the byte 0xE4 is not UTF-8; save the file as UTF-8"
      })
  void otherEncodingsAreNamed(Charset charset, String message) throws IOException {
    assertEquals(
        message,
        told(
            ("{\n\"ä\": 1" + GOOD.substring(1))
                .replace(charset.name().startsWith("UTF") ? "\n\"ä\": 1" : "", "")
                .getBytes(charset)));
  }

  @Test
  void aByteOrderMarkIsPassedOver() throws IOException {
    String marked = told("\uFEFF" + GOOD.replace("\"ve\"", "\"none\""));
    assertTrue(marked.startsWith("r.json:2:50 sde: no SDE is called"), marked);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{“data”: 1} | r.json:1:2: “ is not allowed here in JSON; write the straight" + " quote \"",
        "{\"data\":\u00a01} | r.json:1:9: \u00a0 is not allowed here in JSON; remove it",
        "{\"da\u001bta\": 1} | r.json:1:5: a control character within quotes; write \\u001b",
        "[{\"data\": 1}] | r.json:1:1: a recipe is a JSON object { ... }, found a list",
        "{\"data\": 1,} | r.json:1:12: extra comma before }; remove it",
        "{\"data\": 1 /* c */} | r.json:1:12: JSON has no comments; remove this one",
        "`` | r.json:1:1: there is nothing here; a recipe is a JSON object { ... }",
        "`{} {}` | r.json:1:4: there is more text after the end of the recipe's object"
      })
  void otherAccidentsAreNamed(String json, String message) throws IOException {
    assertEquals(message, told(json).replaceFirst("^(r.json:1:)[345](: a control)", "$15$2"));
  }

  @Test
  void aFolderIsNoRecipe() throws IOException {
    var reader = new RecipeReader(Samples.catalogue());
    BadInput told = assertThrows(BadInput.class, () -> reader.read(folder, List.of()));
    assertEquals(folder + ": is a folder; a recipe is a file", told.getMessage());
    Path manifest = Files.writeString(folder.resolve("manifest.json"), GOOD);
    told = assertThrows(BadInput.class, () -> reader.read(folder, List.of()));
    assertEquals(
        folder + ": is a folder; a recipe is a file, such as " + manifest, told.getMessage());
  }

  @Test
  void otherFilesOfJsonAreReadAsStrictly() throws IOException {
    Files.writeString(file, "[{\"a\": 12345678901234567890, \"b\": [1.5, true, null, \"ä\"]}, -3]");
    JsonNode read = JsonFile.read(file);
    assertEquals("12345678901234567890", read.get(0).get("a").toString());
    assertEquals("[1.5,true,null,\"ä\"]", read.get(0).get("b").toString());
    assertEquals(-3, read.get(1).asInt());
    for (String bad :
        List.of("[1e999]", "{\"a\": 1, \"a\": 2}", "[1", "[" + "9".repeat(1001) + "]")) {
      Files.writeString(file, bad);
      BadInput told = assertThrows(BadInput.class, () -> JsonFile.read(file));
      assertTrue(told.getMessage().startsWith(file + ":1:"), told.getMessage());
    }
  }
}
