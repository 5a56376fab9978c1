package org.score4j.runner.diffusers;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.score4j.api.FileFault;
import org.score4j.runner.plugin.BadInput;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads the configurations that lie beside weights. */
final class JsonFile {
  private static final long MAX_BYTES = 16 << 20;

  private JsonFile() {}

  /**
   * The object in a file.
   *
   * @throws BadInput if the file cannot be read, or holds none
   */
  static ObjectNode read(Path file) {
    try {
      if (size(file) > MAX_BYTES) {
        throw new BadInput(file + ": is too long for a configuration");
      }
      JsonNode json = JsonMapper.shared().readTree(Files.readString(file));
      if (json instanceof ObjectNode object) {
        return object;
      }
      throw new BadInput(file + ": must be a JSON object { ... }");
    } catch (JacksonException e) {
      String at =
          e.getLocation() == null
              ? ""
              : ":" + e.getLocation().getLineNr() + ":" + e.getLocation().getColumnNr();
      throw new BadInput(file + at + ": is not JSON: " + e.getOriginalMessage());
    } catch (CharacterCodingException e) {
      throw new BadInput(file + ": is not text in UTF-8");
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + FileFault.reason(e));
    }
  }

  static long size(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new BadInput(file + ": cannot be read: " + FileFault.reason(e));
    }
  }
}
